import { silentLog } from '../../src/adapters/system/log.ts';
import { readConfig } from '../../src/cli/config.ts';
import { readContent } from '../../src/cli/desk.ts';
import type { Content } from '../../src/desk/kernel/content.ts';
import { trainedFolder } from './trained.ts';

let shipped: Content | undefined;

/**
 * The shipped content; it is checked and its model is trained once for all test files, by the global set-up, and read from there. It
 * learns nothing from what is taught in a test: training takes seconds (test/understanding/learning.test.ts shows that it does).
 */
export function shippedContent(): Content {
  if (shipped) return shipped;
  const content = readContent(readConfig({ STATE_DIR: trainedFolder }), silentLog, process.env.TESTED_PROGRAM);
  shipped = { current: () => content.current(), teach: () => undefined };
  return shipped;
}
