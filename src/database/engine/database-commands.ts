/**
 * Tells whether a command of Prisma's CLI talks to the configured database, so that only those start the embedded
 * server. `migrate diff` does when one of its sides is the database or, through a shadow database, the migrations.
 *
 * @param argv the words after `prisma`
 */
export function usesDatabase(argv: string[]): boolean {
  const [command, action] = argv.filter((word) => !word.startsWith('-'));
  if (argv.some((word) => word === '--help' || word === '-h' || /^--url(=|$)/.test(word))) return false;
  if (command === 'studio') return true;
  if (action === undefined) return false;
  if (command === 'migrate' && action === 'diff') {
    return argv.some((word) => /^--(from|to)-(migrations|config-datasource)(=|$)/.test(word));
  }
  return command === 'migrate' || command === 'db';
}
