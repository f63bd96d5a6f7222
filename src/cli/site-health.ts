import { type Finding, finding } from '../desk/keeping/health.ts';
import type { Say } from '../desk/kernel/say.ts';
import type { Config } from './config.ts';

const patienceMs = 5_000;

/** Whether the site is there for residents, at the address that links and QR codes have; nothing where none is set. */
export async function siteHealth({ SITE_URL }: Pick<Config, 'SITE_URL'>, say: Say): Promise<Finding[]> {
  if (SITE_URL === undefined) return [];
  const why = await whyNot(`${SITE_URL}/healthz`);
  return [
    why === undefined
      ? finding('site', 'well', say('doctor.site', { address: SITE_URL }))
      : finding('site', 'look', say('doctor.siteUnreachable', { address: SITE_URL, why })),
  ];
}

/** @returns what is wrong, in a word or number of the network's; undefined: it answers */
async function whyNot(address: string): Promise<string | undefined> {
  try {
    const answer = await fetch(address, { redirect: 'manual', signal: AbortSignal.timeout(patienceMs) });
    return answer.ok && (await answer.text()) === 'ok' ? undefined : `${answer.status}`;
  } catch (error) {
    const { cause, name } = error as Error & { readonly cause?: { readonly code?: string } };
    return cause?.code ?? name;
  }
}
