import { inSpan } from '../../domain/time/period.ts';
import type { Turn } from '../kernel/turn.ts';
import type { Reported } from './figures.ts';

/** What was sent to residents in a period although the last look had found something lacking, by who sent it; empty where nothing was. */
export async function sentDespite({ tx, say }: Pick<Turn, 'tx' | 'say'>, { all, period }: Reported): Promise<string> {
  const steps = all.flatMap(({ history }) => history.filter(({ despite, at }) => despite !== undefined && inSpan(at, period)));
  if (steps.length === 0) return '';
  const actors = [...new Set(steps.map(({ actor }) => actor))];
  const lines = await Promise.all(
    actors.map(async (id) =>
      say('statistics.despiteBy', {
        name: (await tx.get('people', id))?.name ?? '',
        count: steps.filter(({ actor }) => actor === id).length,
      }),
    ),
  );
  return say('statistics.despite', { count: steps.length, names: lines.join(say('list.separator')) });
}
