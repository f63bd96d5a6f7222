import { projectFolder } from '../../src/adapters/content/project.ts';
import { fingerprint } from '../../tools/build.js';
import { writeSentences } from '../../tools/sentences.js';
import { shippedContent } from './content.ts';

/** Lists new sentences, checks the shipped content and trains its model before the test files run, so that they only load them. */
export default function setUp(): void {
  writeSentences(projectFolder);
  // The workers inherit it.
  process.env.TESTED_PROGRAM = fingerprint(projectFolder, ['src', 'package-lock.json']);
  shippedContent();
}
