import { projectFolder } from '../../src/adapters/content/project.ts';
import { writeSentences } from '../../tools/sentences.js';
import { shippedContent } from './content.ts';

/** Lists new sentences, and trains the shipped model before the test files run, so that they only load it. */
export default function setUp(): void {
  writeSentences(projectFolder);
  shippedContent();
}
