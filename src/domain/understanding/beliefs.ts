import { trainActs } from './acts.ts';
import type { Classifier } from './classifier.ts';
import { type DangerModel, trainDanger } from './danger.ts';
import { clauseReader } from './hashed.ts';
import { hashedTexts } from './hashed-texts.ts';
import type { Language } from './language.ts';
import { actLessons, dangerLessons, type Lessons } from './lessons.ts';
import { normaliser } from './normalise.ts';

/** What is believed of a message whatever it is about: whether somebody is in danger, and what it does. Plain data. */
export interface BeliefModel {
  readonly danger: DangerModel | undefined;
  readonly acts: Classifier | undefined;
}

/** Learns both; the same lessons give the same model. */
export function trainBeliefs(lessons: Lessons, language: Language): BeliefModel {
  const normalise = normaliser(language, lessons.lexicon);
  const { texts, numberOf } = hashedTexts(clauseReader(language));
  const danger = dangerLessons(lessons);
  return {
    danger: danger && trainDanger(danger, normalise, numberOf, texts),
    acts: trainActs(actLessons(lessons), normalise, numberOf, texts),
  };
}
