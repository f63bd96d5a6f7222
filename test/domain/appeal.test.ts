import { describe, expect, test } from '@jest/globals';
import { appealStates, legalMoves, after as stateAfter, stepsOf, transitions } from '../../src/domain/appeals/appeal.ts';

describe('the life of an appeal', () => {
  test('which move is legal in which state, as one table', () => {
    const table = appealStates.map((state) => `${state}: ${legalMoves(state).join(' ')}`).join('\n');
    expect(table).toBe(
      [
        'registered: accept assign answer note ask supplement refer extend decline resolve merge withdraw urge follow',
        'accepted: assign answer note ask supplement refer extend decline resolve merge withdraw urge follow',
        'in_progress: assign answer note ask supplement refer extend decline resolve merge withdraw urge follow',
        'waiting_resident: assign answer note supplement refer decline resolve merge withdraw urge follow',
        'referred: assign answer note ask supplement refer extend resolve merge withdraw urge follow',
        'declined: note archive reopen',
        'resolved: answer note rate archive reopen',
        'archived: note rate reopen',
        'merged: note split',
        'withdrawn: note',
      ].join('\n'),
    );
  });

  test('办结 on a registered appeal also accepts it', () => {
    expect(stepsOf('registered', 'resolve')).toEqual(['accept', 'resolve']);
    expect(stepsOf('accepted', 'resolve')).toEqual(['resolve']);
    expect(stepsOf('registered', 'withdraw')).toEqual(['withdraw']);
  });

  test('a move leads only to states that exist, and nothing leads out of 已撤回', () => {
    for (const { to, but } of Object.values(transitions)) {
      for (const state of [to, ...Object.values(but ?? {})]) if (state) expect(appealStates).toContain(state);
    }
    expect(legalMoves('withdrawn').every((move) => stateAfter('withdrawn', move) === 'withdrawn')).toBe(true);
  });

  test('what the resident adds ends the waiting for it, and changes nothing elsewhere', () => {
    expect(stateAfter('waiting_resident', 'supplement')).toBe('in_progress');
    expect(stateAfter('referred', 'supplement')).toBe('referred');
    expect(stateAfter('archived', 'supplement')).toBeUndefined();
  });
});
