import type { CrashWorld, Step } from './world.ts';

export interface Scenario {
  /** What happens, one after the other; some of it depends on what was said before. */
  readonly steps: readonly ((world: CrashWorld) => Step)[];
  /** The number of the first message. */
  readonly first?: number;
  /** What must hold in the end, wherever it was killed. */
  holds(world: CrashWorld): Promise<void>;
}

/** The world as it was before a step, when nobody was killed, and what lay on its disk. */
interface Moment {
  readonly world: CrashWorld;
  readonly disk: string;
}

/**
 * Plays a scenario to its end, and then as often as its process has points, each time killed at another one. It begins each time at a
 * copy of the world as it was before the step in which that point lies, and ends as soon as the disk is again as if nobody had been
 * killed: what follows then is what has followed before.
 * @param begun the world in the beginning; ended here
 * @returns how many points there were
 */
export async function killedEverywhere(begun: CrashWorld, { steps, first = 0, holds }: Scenario): Promise<number> {
  const moments: Moment[] = [];
  const whole = begun.copy();
  await whole.start();
  for (const [index, step] of steps.entries()) {
    moments.push({ world: whole.copy(), disk: await whole.disk() });
    await survive(whole, step, first + index);
  }
  await holds(whole);

  let points = 0;
  for (const [index, { world: before }] of moments.entries()) {
    for (let killed = true, killAt = 1; killed; killAt++) {
      const world = before.copy();
      await world.start(killAt);
      killed = await survive(world, steps[index], first + index);
      if (killed) points++;
      let next = index + 1;
      for (; next < steps.length && (await world.disk()) !== moments[next]?.disk; next++) await survive(world, steps[next], first + next);
      const said = moments[next]?.world.said.length;
      if (said === undefined) await holds(world);
      else await whole.asIfSaid([...world.said, ...whole.said.slice(said)], holds);
      await world.end();
    }
  }
  for (const world of [begun, whole, ...moments.map((moment) => moment.world)]) await world.end();
  return points;
}

/** Lets something happen, to another process when the first is killed. @returns whether it was */
async function survive(world: CrashWorld, step: Scenario['steps'][number] | undefined, message: number): Promise<boolean> {
  if (!step) return false;
  const now = step(world);
  let killed = false;
  while (await world.happen([now], message)) {
    killed = true;
    await world.start();
  }
  return killed;
}
