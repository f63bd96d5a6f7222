import { parentPort } from 'node:worker_threads';
import { trainBeliefs } from '../../domain/understanding/beliefs.ts';
import { chinese } from './language.ts';
import { type Reply, type Request, taken } from './two-threads.ts';

const reply = (to: Reply) => parentPort?.postMessage(to);

/** The thread that helps with a training, until it is ended. */
parentPort?.on('message', (request: Request) => {
  if ('beliefs' in request) reply({ beliefs: trainBeliefs(request.beliefs, chinese(request.beliefs.lexicon.words)) });
  else for (const done of taken(request.offer)) reply(done);
});
