import { silentLog } from '../../../src/base/log.ts';
import { Emitter } from '../../../src/base/events.ts';
import type { Complaint } from '../../../src/doctor/complaint.ts';
import { suspect } from '../../../src/doctor/complaint.ts';
import type { Failure } from '../../../src/doctor/failure.ts';
import type { Finding } from '../../../src/doctor/finding.ts';
import { Patient } from '../../../src/doctor/patient.ts';
import type { Subject } from '../../../src/doctor/subject.ts';
import { CephClusters } from '../../../src/hosts/clusters/cephClusters.ts';
import type { HostSession } from '../../../src/hosts/hostSession.ts';
import type { Plan } from '../../../src/operations/plan/plan.ts';
import { PlanRun } from '../../../src/operations/plan/runPlan.ts';

const never = new AbortController().signal;

/** Hosts of a lab as the doctor has them before it: each examination is of a new patient, who remembers nothing. */
export class LabWard {
  readonly sessions: readonly HostSession[];
  readonly clusters: CephClusters;

  constructor(sessions: readonly HostSession[]) {
    this.sessions = sessions;
    this.clusters = new CephClusters({ sessions, onDidChange: new Emitter<undefined>().event }, silentLog);
  }

  /** Waits until the lists of all hosts are there. */
  async ready(): Promise<void> {
    await Promise.all(
      this.sessions.map(async (session) => {
        const { inventory } = await session.connect();
        await Promise.all([inventory.domains.load(), inventory.pools.load(), inventory.secrets.load()]);
      }),
    );
    await this.clusters.lookAtAll();
    await this.clusters.settled();
  }

  /** As a check-up that begins now, with the lists as they are now. @param complaint undefined: the whole host is looked at */
  async examine(
    failure: Failure | readonly Failure[],
    session: HostSession,
    complaint?: Complaint,
  ): Promise<readonly Finding[]> {
    const { inventory } = session.require();
    await Promise.all([inventory.domains.load(), inventory.pools.load()]);
    const patient = new Patient(session, { sessions: this.sessions, clusters: this.clusters, wait: {} });
    const found = [failure].flat().map(async (one) => one.examineHost?.(patient, complaint) ?? []);
    return (await Promise.all(found)).flat();
  }

  /** What the failure finds of all clusters. */
  async examineCluster(failure: Failure): Promise<readonly Finding[]> {
    const all = this.clusters.clusters.map(
      async (cluster) =>
        failure.examineCluster?.(cluster, { sessions: this.sessions, clusters: this.clusters, wait: {} }) ??
        [],
    );
    return (await Promise.all(all)).flat();
  }

  dispose(): void {
    this.clusters.dispose();
    for (const session of this.sessions) session.dispose();
  }
}

/** What the failure makes of a text. Fails when the text is none of its symptoms. */
export function complaintOf(failure: Failure, said: string, about?: Subject): Complaint {
  const [suspicion] = suspect(new Error(said), about, [failure]);
  if (!suspicion) throw new Error(`${failure.id} does not know: ${said}`);
  return suspicion.complaint;
}

/** The plan of the first remedy that has one. */
export async function planOf(finding: Finding | undefined): Promise<Plan> {
  const remedy = finding?.remedies.find(({ kind }) => kind === 'plan');
  if (remedy?.kind !== 'plan')
    throw new Error(`There is no plan for it: ${finding?.title ?? 'nothing was found'}`);
  return remedy.plan({});
}

/** Runs it to its end. */
export async function runPlan(plan: Plan): Promise<PlanRun> {
  const run = new PlanRun(plan);
  await run.run(never);
  return run;
}
