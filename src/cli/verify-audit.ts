import { parseArgs } from 'node:util';
import { passingVault } from '../adapters/system/vault.ts';
import { verifyAudit } from '../desk/kernel/audit.ts';
import { verifySeals } from '../desk/supervision/verifying.ts';
import { chosenCommunity } from './communities.ts';
import { communityOptions, openStoreCopy } from './community.ts';

/**
 * `verify-audit [--community ID]`: whether the audit trail is whole, and no case was changed after it was sealed; exit code 1
 * when one of them is not so. Reads a copy: the bot may be running.
 */
export async function verifyAuditCommand(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: communityOptions });
  const store = await openStoreCopy(chosenCommunity(process.env, values).community);
  const vault = passingVault();
  const trail = await store.transaction((tx) => verifyAudit({ tx, vault }));
  const seals = await store.transaction((tx) => verifySeals({ tx, vault }));
  await store.close();
  const told = [
    trail.broken === undefined
      ? `${trail.acts} acts, each fits the one before it; the last digest is ${trail.head}`
      : `the trail does not fit from act ${trail.broken} on`,
    seals.broken === undefined
      ? `${seals.days} sealed days, each reckoned anew fits`
      : `the past was changed: ${seals.broken} does not fit its seal`,
  ];
  process.stdout.write(`${told.join('\n')}\n`);
  if (trail.broken !== undefined || seals.broken !== undefined) process.exitCode = 1;
}
