import { parseArgs } from 'node:util';
import { openCopy } from '../adapters/store/lowdb.ts';
import { passingVault } from '../adapters/system/vault.ts';
import { verifyAudit } from '../desk/kernel/audit.ts';
import { verifySeals } from '../desk/supervision/verifying.ts';
import { readConfig } from './config.ts';
import { stateFolder } from './wiring.ts';

/**
 * `verify-audit [--channel wechat|simulator]`: whether the audit trail is whole, and no case was changed after it was sealed; exit code 1
 * when one of them is not so. Reads a copy: the bot may be running.
 */
export async function verifyAuditCommand(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: { channel: { type: 'string', default: 'wechat' } } });
  const store = await openCopy(stateFolder(readConfig(process.env).STATE_DIR, values.channel));
  const vault = passingVault();
  const trail = await store.transaction((tx) => verifyAudit({ tx, vault }));
  const seals = await store.transaction((tx) => verifySeals({ tx, vault }));
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
