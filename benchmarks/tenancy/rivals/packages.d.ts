// The rivals' packages are in place only after the benchmark has run once, and the project is checked without them.
declare module 'drizzle-orm';
declare module 'drizzle-orm/node-postgres';
declare module 'drizzle-orm/pg-core';
declare module '@zenstackhq/orm';
declare module '@zenstackhq/orm/dialects/postgres';
declare module '@zenstackhq/plugin-policy';
