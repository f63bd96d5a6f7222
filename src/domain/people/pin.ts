/** Whether it is a PIN at all: four to six digits. */
export const isPin = (text: string): boolean => /^\d{4,6}$/.test(text);

/** Whether a PIN is among the first that anybody would try: one digit again and again, or a run up or down. */
export function isWeakPin(pin: string): boolean {
  const steps = [...pin].slice(1).map((digit, index) => Number(digit) - Number(pin[index]));
  return [0, 1, -1].some((step) => steps.every((each) => each === step));
}
