// Vitest tells its tests the path that pages are served from as BASE_URL, which is a setting of ours: commands that tests
// start would take it for one.
delete process.env.BASE_URL;
