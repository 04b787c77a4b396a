/*
 * Loaded into the Studio process before Prisma: when the program that started it is gone, however it ended, Studio ends
 * too and gives up its hold on the database.
 */
process.once('disconnect', () => process.exit(0));
// Whoever started it passes the stop on; a Ctrl-C of the terminal must not be quicker.
process.on('SIGINT', () => {});
