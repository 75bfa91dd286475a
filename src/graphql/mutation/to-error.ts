import type { Fault } from '../../commands/protocol';
import { fault } from '../errors';

/** The top-level error of a fault; of an INTERNAL one nothing more is told. */
export function toError({ code, message }: Fault): Error {
  return code === 'INTERNAL' ? fault(code) : fault(code, message);
}
