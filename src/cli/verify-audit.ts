import { parseArgs } from 'node:util';
import { openCopy } from '../adapters/store/lowdb.ts';
import { passingVault } from '../adapters/system/vault.ts';
import { verifyAudit } from '../desk/kernel/audit.ts';
import { readConfig } from './config.ts';
import { stateFolder } from './wiring.ts';

/** `verify-audit [--channel wechat|simulator]`: whether the audit trail is whole; exit code 1 when it is not. Reads a copy: the bot may be running. */
export async function verifyAuditCommand(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: { channel: { type: 'string', default: 'wechat' } } });
  const store = await openCopy(stateFolder(readConfig(process.env).STATE_DIR, values.channel));
  const { acts, broken, head } = await store.transaction((tx) => verifyAudit({ tx, vault: passingVault() }));
  process.stdout.write(
    broken === undefined
      ? `${acts} acts, each fits the one before it; the last digest is ${head}\n`
      : `the trail does not fit from act ${broken} on\n`,
  );
  if (broken !== undefined) process.exitCode = 1;
}
