import { t } from '../../base/l10n.ts';
import { parseOsdCap, type RbdGrant } from '../../ceph/cephCaps.ts';

type Caps = ReadonlyMap<string, string>;

/** What a user may do, for people: "may use RBD in vms, images". What has no words is told as it is written. */
export function capsInWords(caps: Caps): string {
  const mon = caps.get('mon');
  const grants = parseOsdCap(caps.get('osd') ?? '');
  if (caps.size === 0) return t('may do nothing');
  if (grants.some(({ kind }) => kind === 'all'))
    return mon === 'allow *' ? t('may do anything') : t('may use all data');
  const rbd = grants.filter((grant) => grant.kind === 'rbd');
  const others = grants.flatMap((grant) =>
    grant.kind === 'other' && !isPartOfRbd(grant.text) ? grant.text : [],
  );
  if (rbd.length === 0 && others.length === 0) return profileInWords(mon);
  const using = rbd.filter(({ readOnly }) => !readOnly);
  const reading = rbd.filter(({ readOnly }) => readOnly);
  return [
    ...(using.length > 0 ? [t('may use RBD in {0}', placesInWords(using))] : []),
    ...(reading.length > 0 ? [t('may read RBD in {0}', placesInWords(reading))] : []),
    ...others,
    ...(mon === undefined ? [t('may not ask the monitors')] : []),
  ].join(' · ');
}

/** Places as people name them: `vms`, `vms/namespace`. */
export function placesInWords(grants: readonly RbdGrant[]): string {
  return grants
    .map(({ pool = t('all pools'), namespace }) => (namespace === undefined ? pool : `${pool}/${namespace}`))
    .join(', ');
}

/** What older ways of letting a client use RBD have besides. */
function isPartOfRbd(text: string): boolean {
  return /^allow class-read object_prefix rbd_children$/.test(text);
}

function profileInWords(mon: string | undefined): string {
  const profile = /^(?:allow )?profile (\S+)$/.exec(mon ?? '')?.[1];
  if (profile?.startsWith('bootstrap-') === true)
    return t('sets up daemons: {0}', profile.slice('bootstrap-'.length));
  return mon ?? t('may not ask the monitors');
}

/** Whether it is for Ceph's own programs: to set up daemons, or to report crashes. */
export function isForDaemons({ entity, caps }: { readonly entity: string; readonly caps: Caps }): boolean {
  return (
    entity.startsWith('client.bootstrap-') ||
    /^(?:allow )?profile (?:crash|rbd-mirror)\b/.test(caps.get('mon') ?? '')
  );
}

/** What a user may no longer do with other capabilities, a line each; none when nothing is taken away. */
export function lostCaps(before: Caps, after: Caps): readonly string[] {
  const afterGrants = parseOsdCap(after.get('osd') ?? '');
  if (afterGrants.some(({ kind }) => kind === 'all')) return lostTexts(before, after, ['mon', 'mgr', 'mds']);
  const lost = parseOsdCap(before.get('osd') ?? '').flatMap((grant) => {
    switch (grant.kind) {
      case 'all':
        return [t('to use all data')];
      case 'other':
        return afterGrants.some((one) => one.kind === 'other' && one.text === grant.text)
          ? []
          : [`osd: ${grant.text}`];
      case 'rbd':
        return lostRbd(
          grant,
          afterGrants.filter((one) => one.kind === 'rbd'),
        );
    }
  });
  return [...lost, ...lostTexts(before, after, ['mon', 'mds'])];
}

function lostRbd(before: RbdGrant, after: readonly RbdGrant[]): readonly string[] {
  const covering = after.filter(
    ({ pool, namespace }) =>
      (pool === undefined || pool === before.pool) &&
      (namespace === undefined || namespace === before.namespace),
  );
  const place = placesInWords([before]);
  if (covering.some(({ readOnly }) => before.readOnly || !readOnly)) return [];
  if (covering.length > 0) return [t('to write to RBD images in {0}', place)];
  return [before.readOnly ? t('to read RBD images in {0}', place) : t('to use RBD images in {0}', place)];
}

/** Capabilities that are compared as they are written. */
function lostTexts(before: Caps, after: Caps, daemons: readonly string[]): readonly string[] {
  return daemons.flatMap((daemon) => {
    const [old, now] = [before.get(daemon), after.get(daemon)];
    if (old === undefined || old === now || now === 'allow *') return [];
    return [`${daemon}: ${old}${now === undefined ? '' : ` → ${now}`}`];
  });
}
