import type { ReckoningId } from '../../domain/reckoning/rule.ts';
import type { PlainKey } from '../kernel/say.ts';
import { childcarePart, maternityPart } from './family.ts';
import { medicalWaitingPart, unemploymentPart } from './insurance.ts';
import type { Fact, ReckoningPart } from './known.ts';
import { permitPart, renewalPart } from './permit.ts';
import { retirementPart } from './retirement.ts';
import { annualLeavePart, arbitrationPart, severancePart } from './work.ts';

/** How each thing is heard and told. */
export const reckoningParts: Readonly<Record<ReckoningId, ReckoningPart>> = {
  retirement: retirementPart,
  severance: severancePart,
  annualLeave: annualLeavePart,
  unemployment: unemploymentPart,
  arbitration: arbitrationPart,
  childcareSubsidy: childcarePart,
  maternityLeave: maternityPart,
  residencePermit: permitPart,
  permitRenewal: renewalPart,
  medicalWaiting: medicalWaitingPart,
};

/** Who decides, and what else is looked at. */
export const decides: Readonly<Record<ReckoningId, PlainKey>> = {
  retirement: 'reckoning.decides.retirement',
  severance: 'reckoning.decides.severance',
  annualLeave: 'reckoning.decides.annualLeave',
  unemployment: 'reckoning.decides.unemployment',
  arbitration: 'reckoning.decides.arbitration',
  childcareSubsidy: 'reckoning.decides.childcareSubsidy',
  maternityLeave: 'reckoning.decides.maternityLeave',
  residencePermit: 'reckoning.decides.residencePermit',
  permitRenewal: 'reckoning.decides.permitRenewal',
  medicalWaiting: 'reckoning.decides.medicalWaiting',
};

interface FactQuestion {
  readonly ask: PlainKey;
  /** Said instead when the answer was not understood. */
  readonly again: PlainKey;
}

/** How each thing is asked for. */
export const factQuestions: Readonly<Record<Fact, FactQuestion>> = {
  birth: { ask: 'reckoning.ask.birth', again: 'reckoning.again.birth' },
  month: { ask: 'reckoning.ask.month', again: 'reckoning.again.month' },
  sex: { ask: 'reckoning.ask.sex', again: 'reckoning.again.sex' },
  work: { ask: 'reckoning.ask.work', again: 'reckoning.again.work' },
  monthAndWork: { ask: 'reckoning.ask.monthAndWork', again: 'reckoning.again.month' },
  worked: { ask: 'reckoning.ask.worked', again: 'reckoning.again.worked' },
  pay: { ask: 'reckoning.ask.pay', again: 'reckoning.again.pay' },
  career: { ask: 'reckoning.ask.career', again: 'reckoning.again.worked' },
  paid: { ask: 'reckoning.ask.paid', again: 'reckoning.again.paid' },
  since: { ask: 'reckoning.ask.since', again: 'reckoning.again.since' },
  born: { ask: 'reckoning.ask.born', again: 'reckoning.again.date' },
  delivery: { ask: 'reckoning.ask.delivery', again: 'reckoning.again.delivery' },
  pregnant: { ask: 'reckoning.ask.pregnant', again: 'reckoning.again.pregnant' },
  registered: { ask: 'reckoning.ask.registered', again: 'reckoning.again.date' },
  issued: { ask: 'reckoning.ask.issued', again: 'reckoning.again.date' },
  missed: { ask: 'reckoning.ask.missed', again: 'reckoning.again.missed' },
};
