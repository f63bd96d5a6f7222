import type { Wechaty } from 'wechaty';
import { WechatyImpl } from 'wechaty/impls';

export type WechatyOptions = ConstructorParameters<typeof WechatyImpl>[0];

/**
 * Wechaty over a puppet. Only types are imported from 'wechaty' itself: as a whole it loads gRPC, which takes time and memory and
 * serves nothing but puppets that run as a service; those load it by themselves.
 */
export function newWechaty(options: WechatyOptions): Wechaty {
  return new WechatyImpl(options) as Wechaty;
}
