import { Problem } from '../../base/errors.ts';

/** What arrived is not what libvirt's protocol allows, or what should be sent does not fit into it. */
export class ProtocolError extends Problem {
  readonly code = 'protocol';
}
