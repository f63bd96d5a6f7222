/** What of an alarm may be personal. */
interface Personal {
  readonly person: string;
  readonly voices: readonly string[];
  readonly place?: string;
  readonly result?: string;
  readonly history: readonly { readonly actor: string; readonly text?: string; readonly file?: string }[];
}

/**
 * An alarm without somebody: of whoever told of it nothing personal is left, of others what they said goes.
 * @param nobody stands for who is no longer known
 */
export function withoutPerson<A extends Personal>(alarm: A, person: string, nobody: string): A {
  if (alarm.person === person) return withoutAnybody(alarm, nobody);
  return {
    ...alarm,
    voices: alarm.voices.filter((each) => each !== person),
    history: alarm.history.map((step) => (step.actor === person ? bare(step, nobody) : step)),
  };
}

/** What is left of an alarm when its time is over: kind, state and times. */
export function withoutAnybody<A extends Personal>(alarm: A, nobody: string): A {
  const { place: _, result: __, ...rest } = alarm;
  const residents = [alarm.person, ...alarm.voices];
  const history = alarm.history.map((step) => bare(step, residents.includes(step.actor) ? nobody : step.actor));
  return { ...rest, person: nobody, voices: [], history, erased: true } as unknown as A;
}

function bare<S extends { readonly actor: string; readonly text?: string; readonly file?: string }>(step: S, actor: string): S {
  const { text: _, file: __, ...rest } = step;
  return { ...rest, actor } as unknown as S;
}

/** The pictures of an alarm that are somebody's; of whoever told of it all are. */
export function filesOf({ person: teller, history }: Personal, person: string): string[] {
  return history.flatMap(({ actor, file }) => (file !== undefined && (actor === person || teller === person) ? [file] : []));
}
