import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Content } from '../../src/app/content.ts';
import { readContent } from '../../src/cli/desk.ts';
import { readConfig } from '../../src/config.ts';

let shipped: Content | undefined;

/** The shipped content; its model is trained once for all test files, by the global set-up, and read from there. */
export function shippedContent(): Content {
  shipped ??= readContent(readConfig({ STATE_DIR: join(tmpdir(), 'lianxinqiao-test') }));
  return shipped;
}
