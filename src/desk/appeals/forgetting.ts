import { nobody } from '../kernel/message.ts';
import type { Appeal } from './rows.ts';

/** An appeal without anything personal: what is left counts in the figures. */
export function withoutPerson(appeal: Appeal): Appeal {
  const { place: _, result: __, onBehalfOf: ___, ...rest } = appeal;
  return {
    ...rest,
    what: '',
    files: [],
    person: nobody,
    followers: appeal.followers.map(({ files: _____, ...each }) => ({ ...each, person: nobody })),
    history: appeal.history.map(({ text: ____, ...step }) => ({ ...step, actor: step.actor === appeal.person ? nobody : step.actor })),
    erased: true,
  };
}

/** An appeal of others without what one person said, showed or joined. */
export function withoutVoice(appeal: Appeal, person: string): Appeal {
  const theirs = filesOf(appeal, person);
  return {
    ...appeal,
    files: appeal.files.filter((file) => !theirs.includes(file)),
    followers: appeal.followers.filter((each) => each.person !== person),
    history: appeal.history.map((step) => {
      if (step.actor !== person) return step;
      const { text: _, ...bare } = step;
      return { ...bare, actor: nobody };
    }),
  };
}

/** The pictures that somebody sent who told of an appeal or joined it. */
export function filesOf({ person: reporter, files, followers }: Appeal, person: string): string[] {
  const joined = followers.flatMap((each) => (each.person === person || reporter === person ? (each.files ?? []) : []));
  return reporter === person ? files.filter((file) => !joined.includes(file)) : joined;
}
