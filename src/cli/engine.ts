import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { loadIntents } from '../adapters/content/intents.ts';
import { loadEmergencies } from '../adapters/content/parts.ts';
import { ContentError, type Problem } from '../adapters/content/problem.ts';
import { projectFolder } from '../adapters/content/project.ts';
import { silentLog } from '../adapters/system/log.ts';
import { veryClear } from '../desk/conversation/hear.ts';
import type { Decision } from '../desk/kernel/message.ts';
import type { Question } from '../domain/understanding/result.ts';
import { dangerOf, type Looked, topicsOf } from './ask.ts';
import type { Config } from './config.ts';
import { makeReader } from './understanding.ts';

/**
 * Asks the engine alone, trained on any folder with `intents/`; there need be no `data/`, and a topic without an answer
 * counts like any other. Signs of danger are those of the folder, or else those that are shipped.
 * @throws ContentError when a file of the folder cannot be read
 */
export function engineAsker(folder: string, config: Config, group: boolean): (text: string) => Promise<Looked> {
  const problems: Problem[] = [];
  const { source } = loadIntents(folder, problems);
  const emergencies = loadEmergencies(existsSync(join(folder, 'data/emergencies.yaml')) ? folder : projectFolder, problems);
  if (problems.length > 0 || !emergencies) throw new ContentError(problems);
  const { understand, explain } = makeReader(config, silentLog)(source, emergencies);
  return async (text) => {
    const { questions, unheard = [], emergency } = understand(text);
    const [question] = questions;
    const { facet, candidates, choices } = question;
    const decision = emergency ? 'emergency' : decisionOn(question, group);
    const answers = decision === 'answer' || decision === 'appeal' || decision === 'action';
    return {
      text,
      decision,
      topic: emergency ? 'action.emergency' : answers ? question.topic : null,
      facet,
      candidates,
      choices,
      reply: [],
      read: topicsOf(questions),
      unheard: decision === 'fallback' ? Number.POSITIVE_INFINITY : unheard.length,
      ...(emergency ? { danger: dangerOf(emergency) } : {}),
      explained: explain(text),
    };
  };
}

function decisionOn({ decision, topic, candidates }: Question, group: boolean): Decision {
  const kind: Decision = topic?.startsWith('appeal.') ? 'appeal' : /^(action|news)\./.test(topic ?? '') ? 'action' : 'answer';
  if (group) return decision === 'answer' && kind === 'answer' && (candidates[0]?.score ?? 0) >= veryClear ? 'answer' : 'silent';
  return decision === 'answer' ? kind : decision === 'clarify' ? 'clarify' : 'fallback';
}
