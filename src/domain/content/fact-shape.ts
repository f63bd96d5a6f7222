/** What a local fact has to look like, by what its question asks for. */
export interface FactShape {
  /** What is asked for, to be named: "电话号码". */
  readonly name: string;
  /** Which questions ask for it. */
  readonly asks: RegExp;
  /** What an answer has that gives it. */
  readonly has: RegExp;
  readonly example: string;
}

export interface FactShapes {
  /** What says only that it is not known. */
  readonly unknown: RegExp;
  readonly shapes: readonly FactShape[];
}

/** What a question asks for and its answer has not: an address for a telephone number. Undefined when nothing is missing. */
export function missingIn(question: string, answer: string, { shapes }: FactShapes): FactShape | undefined {
  const said = answer.normalize('NFKC');
  return shapes.find(({ asks, has }) => asks.test(question) && !has.test(said));
}

/** Whether an answer says only that it is not known. */
export function isUnknown(answer: string, { unknown }: FactShapes): boolean {
  return unknown.test(answer.normalize('NFKC').trim());
}
