import { describe } from '@jest/globals';
import { postgresPrograms } from './postgres-server.ts';

/** Tests on a real server; where there is none they are skipped, and say so by their name. */
export function onPostgres(title: string, tests: (programs: string) => void): void {
  const programs = postgresPrograms();
  if (programs === undefined) describe.skip(`${title}: no PostgreSQL on this machine, so nothing of it was looked at`, () => tests(''));
  else describe(title, () => tests(programs));
}
