/*
 * Loaded into the Studio process before Prisma: when the program that started it lets go of it, or is gone, however it
 * ended, Studio ends too and gives up its hold on the database.
 */
process.once('disconnect', () => process.exit(0));
