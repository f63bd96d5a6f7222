/** How far an alarm has come: staff are called, somebody has heard it, somebody is there, it is over. */
export const alarmStates = ['called', 'heard', 'attended', 'over'] as const;
export type AlarmState = (typeof alarmStates)[number];

/** What may happen to an alarm. */
export const alarmMoves = ['call', 'tell', 'page', 'hear', 'attend', 'answer', 'note', 'close'] as const;
export type AlarmMove = (typeof alarmMoves)[number];

/** Until it is over. */
export const onStates: readonly AlarmState[] = ['called', 'heard', 'attended'];

/** Where each move leads; a state that is not listed forbids it. Only what staff do moves an alarm: whoever told of it informs. */
const transitions: Readonly<Record<AlarmMove, Partial<Record<AlarmState, AlarmState>>>> = {
  // It has got worse after it was over.
  call: { over: 'called' },
  tell: { called: 'called', heard: 'heard', attended: 'attended', over: 'over' },
  page: { called: 'called', heard: 'heard', attended: 'attended' },
  hear: { called: 'heard', heard: 'heard', attended: 'attended' },
  attend: { called: 'attended', heard: 'attended', attended: 'attended' },
  answer: { called: 'called', heard: 'heard', attended: 'attended', over: 'over' },
  note: { called: 'called', heard: 'heard', attended: 'attended', over: 'over' },
  close: { called: 'over', heard: 'over', attended: 'over' },
};

/** The state after a move, or nothing when the move is not legal in this state. */
export function afterMove(state: AlarmState, move: AlarmMove): AlarmState | undefined {
  return transitions[move][state];
}
