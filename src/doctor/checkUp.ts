import { CancelledError, messageOf } from '../base/errors.ts';
import type { ReportProgress } from '../base/progress.ts';
import { t } from '../base/l10n.ts';
import type { CephCluster } from '../hosts/clusters/cephCluster.ts';
import type { HostSession } from '../hosts/hostSession.ts';
import { mapInTurns } from '../operations/volumes/mapInTurns.ts';
import { suspect, type Complaint } from './complaint.ts';
import type { Failure } from './failure.ts';
import { severities, type Finding } from './finding.ts';
import { Patient, type Ward } from './patient.ts';
import { concerns, subjectKey, type Subject } from './subject.ts';

/** That something could not be looked at. */
export interface NotExamined {
  readonly failure: Failure;
  /** The host's or the cluster's name. */
  readonly where: string;
  readonly reason: string;
}

export interface CheckUp {
  /** The worst first; each once. */
  readonly findings: readonly Finding[];
  readonly notExamined: readonly NotExamined[];
  /** The hosts that could not be asked at all, with the reason. */
  readonly absent: readonly { readonly host: string; readonly reason: string }[];
}

export interface CheckUpScope {
  readonly sessions: readonly HostSession[];
  readonly clusters: readonly CephCluster[];
  /** Only what concerns this is told. undefined: all. */
  readonly about?: Subject | undefined;
}

interface Examination {
  readonly failure: Failure;
  readonly where: string;
  examine(): Promise<readonly Finding[]>;
}

/** So many failures of one host are looked for at a time. */
const atOnce = 3;

/** Looks at hosts and clusters for all failures that are known. Nothing is changed. Rejects only when it is cancelled. */
export async function checkUp(
  failures: readonly Failure[],
  scope: CheckUpScope,
  ward: Ward,
  report: ReportProgress,
): Promise<CheckUp> {
  const present = scope.sessions.filter((session) => session.connected);
  const perHost = present.map((session) => hostExaminations(failures, new Patient(session, ward)));
  const perCluster = scope.clusters.map((cluster) => clusterExaminations(failures, cluster, ward));
  const groups = [...perHost, ...perCluster];
  const total = groups.reduce((sum, group) => sum + group.length, 0);
  let ended = 0;
  const results = await Promise.all(
    groups.map((group) =>
      mapInTurns(group, atOnce, async (examination) => {
        const result = await run(examination, ward);
        ended++;
        report({ fraction: ended / total, message: t('{0}: {1}', examination.where, titleOf(examination)) });
        return result;
      }),
    ),
  );
  const all = results.flat();
  const findings = all.flatMap((one) => one.findings);
  const { about } = scope;
  return {
    findings: inOrder(
      about
        ? findings.filter((one) => [one.about, ...(one.others ?? [])].some((each) => concerns(each, about)))
        : findings,
    ),
    notExamined: all.flatMap((one) => one.notExamined),
    absent: scope.sessions.flatMap((session) =>
      session.connected ? [] : [{ host: session.name, reason: absenceOf(session) }],
    ),
  };
}

export interface Explanation {
  readonly findings: readonly Finding[];
  /** What it looks like, where looking did not prove it. */
  readonly suspected: readonly Failure[];
  readonly notExamined: readonly NotExamined[];
}

/** Finds out what an error comes from. @param session where it happened; undefined: not known, or not on a host */
export async function explain(
  error: unknown,
  failures: readonly Failure[],
  place: {
    readonly about: Subject | undefined;
    readonly session: HostSession | undefined;
    readonly ward: Ward;
  },
): Promise<Explanation> {
  const { about, session, ward } = place;
  const suspicions = suspect(error, about, failures);
  const patient = session && new Patient(session, ward);
  const clusters = session ? (ward.clusters?.of(session) ?? []) : (ward.clusters?.clusters ?? []);
  const results = await Promise.all(
    suspicions
      .flatMap(({ failure, complaint }) => [
        ...(patient ? hostExaminations([failure], patient, complaint) : []),
        ...clusters.flatMap((cluster) => clusterExaminations([failure], cluster, ward, complaint)),
      ])
      .map((examination) => run(examination, ward)),
  );
  const findings = inOrder(results.flatMap((one) => one.findings));
  const found = new Set(findings.map(({ failure }) => failure));
  return {
    findings,
    suspected: suspicions.map(({ failure }) => failure).filter(({ id }) => !found.has(id)),
    notExamined: results.flatMap((one) => one.notExamined),
  };
}

function hostExaminations(
  failures: readonly Failure[],
  patient: Patient,
  complaint?: Complaint,
): readonly Examination[] {
  return failures.flatMap((failure) =>
    failure.examineHost
      ? [
          {
            failure,
            where: patient.name,
            examine: async () => failure.examineHost?.(patient, complaint) ?? [],
          },
        ]
      : [],
  );
}

function clusterExaminations(
  failures: readonly Failure[],
  cluster: CephCluster,
  ward: Ward,
  complaint?: Complaint,
): readonly Examination[] {
  return failures.flatMap((failure) =>
    failure.examineCluster
      ? [
          {
            failure,
            where: cluster.name,
            examine: async () => failure.examineCluster?.(cluster, ward, complaint) ?? [],
          },
        ]
      : [],
  );
}

async function run(
  examination: Examination,
  { wait }: Ward,
): Promise<{ readonly findings: readonly Finding[]; readonly notExamined: readonly NotExamined[] }> {
  try {
    return { findings: await examination.examine(), notExamined: [] };
  } catch (error) {
    if (wait.signal?.aborted === true) throw new CancelledError();
    const { failure, where } = examination;
    return { findings: [], notExamined: [{ failure, where, reason: messageOf(error) }] };
  }
}

/** The worst first, then by what they are about; one failure of one thing is told once. */
function inOrder(findings: readonly Finding[]): readonly Finding[] {
  const each = new Map(findings.map((one) => [`${one.failure} ${subjectKey(one.about)}`, one]));
  return [...each.values()].sort(
    (a, b) =>
      severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
      subjectKey(a.about).localeCompare(subjectKey(b.about)),
  );
}

function titleOf({ failure }: Examination): string {
  return failure.page().title;
}

function absenceOf({ state }: HostSession): string {
  return 'error' in state ? messageOf(state.error) : t('It is not connected.');
}
