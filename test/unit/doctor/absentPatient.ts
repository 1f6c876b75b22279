import assert from 'node:assert/strict';
import { silentLog } from '../../../src/base/log.ts';
import { suspect } from '../../../src/doctor/complaint.ts';
import type { Failure } from '../../../src/doctor/failure.ts';
import type { Finding } from '../../../src/doctor/finding.ts';
import { Patient } from '../../../src/doctor/patient.ts';
import type { Subject } from '../../../src/doctor/subject.ts';
import { parseHostAddress } from '../../../src/hosts/hostAddress.ts';
import { HostSession } from '../../../src/hosts/hostSession.ts';

/** What the failure makes of an error of a host that could not be connected. */
export async function explainedWithoutHost(
  failure: Failure,
  error: Error,
  about?: Subject,
): Promise<readonly Finding[]> {
  const session = new HostSession('kvm1', parseHostAddress('qemu+ssh://ann@kvm1/system'), {
    log: silentLog,
    autoReconnect: () => false,
    openTransport: () => assert.fail('somebody connects'),
  });
  const patient = new Patient(session, { sessions: [session], clusters: undefined, wait: {} });
  const [suspicion] = suspect(error, about, [failure]);
  assert.ok(suspicion, error.message);
  return (await failure.examineHost?.(patient, suspicion.complaint)) ?? [];
}

/** Which of the texts the failure takes for itself. */
export function knownTo(failure: Failure, texts: readonly string[]): readonly string[] {
  return texts.filter((text) => suspect(new Error(text), undefined, [failure]).length > 0);
}
