import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { chinese } from '../../src/adapters/language/language.ts';
import { compileEmergencyRules, type EmergencyFile } from '../../src/domain/understanding/emergency.ts';
import { reader } from '../../src/domain/understanding/engine.ts';
import { train } from '../../src/domain/understanding/training.ts';
import type { Train } from './system.ts';

/** The project's own engine, with its rules for emergencies: a message costs what it costs the bot. */
export function loadEngine(): Train {
  const emergencies = compileEmergencyRules(parse(readFileSync('data/emergencies.yaml', 'utf8')) as EmergencyFile);
  return (lessons) => {
    const language = chinese(lessons.lexicon.words);
    const { understand } = reader(train(lessons, language), lessons, language, emergencies);
    return (text) => understand(text).questions[0].candidates;
  };
}
