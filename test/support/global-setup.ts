import { projectFolder } from '../../src/adapters/content/project.ts';
import { fingerprint, program } from '../../tools/build.js';
import { writeSentences } from '../../tools/sentences.js';
import { shippedContent } from './content.ts';

/** Lists new sentences, checks the shipped content and trains its model before the test files run, so that they only load them. */
export default function setUp(): void {
  writeSentences(projectFolder);
  // The workers inherit it; a bot that is started as a process of its own, and built before, has the same.
  process.env.TESTED_PROGRAM = fingerprint(projectFolder, program.sources);
  shippedContent();
}
