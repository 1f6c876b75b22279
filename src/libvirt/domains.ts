import type { WaitOptions } from '../base/waiting.ts';
import type { LibvirtConnection } from './connection.ts';
import { isLibvirtError } from './errors.ts';
import * as protocol from './protocol/domain.ts';
import { DomainDefine, DomainXml, ListDomains } from './protocol/domainFlags.ts';
import { DomainState } from './protocol/domainStates.ts';
import { connectGetAllDomainStats, DomainStats, DomainStatsFlag } from './protocol/domainStats.ts';
import { ErrorCode } from './protocol/errorCodes.ts';
import type { DomainRef } from './protocol/refs.ts';
import { paramMap, type TypedValue } from './wire/typedParams.ts';
import { type Defined, defineValidated } from './validation.ts';

/** `state` is one of `DomainState`, `reason` one of the reasons of that state. */
export interface DomainStateEntry {
  readonly domain: DomainRef;
  readonly state: number;
  readonly reason: number;
}

export interface DomainStatsEntry {
  readonly domain: DomainRef;
  /** `state.state`, `cpu.time`, `block.0.name` ...: see virConnectGetAllDomainStats. */
  readonly values: ReadonlyMap<string, TypedValue>;
}

/** @param filter flags of `ListDomains`; none lists all */
export async function listDomains(
  connection: LibvirtConnection,
  filter = 0,
  options?: WaitOptions,
): Promise<readonly DomainRef[]> {
  const args = { needResults: true, flags: filter };
  return (await connection.call(protocol.connectListAllDomains, args, options)).domains;
}

/**
 * The states of all domains in one call that never waits for a guest's monitor. A driver or daemon without it
 * (libvirt before 4.5) is asked by state filters, which do not tell the reason: it is 0, "unknown", then.
 */
export async function listDomainStates(
  connection: LibvirtConnection,
  options?: WaitOptions,
): Promise<readonly DomainStateEntry[]> {
  try {
    const stats = await listDomainStats(connection, DomainStats.state, options);
    return stats.map(({ domain, values }) => ({
      domain,
      state: Number(values.get('state.state') ?? DomainState.noState),
      reason: Number(values.get('state.reason') ?? 0),
    }));
  } catch (error) {
    if (!isLibvirtError(error, ErrorCode.noSupport, ErrorCode.invalidArgument)) throw error;
    return listStatesByFilter(connection, options);
  }
}

async function listStatesByFilter(
  connection: LibvirtConnection,
  options?: WaitOptions,
): Promise<readonly DomainStateEntry[]> {
  const withState = async (filter: number, state: number): Promise<readonly DomainStateEntry[]> =>
    (await listDomains(connection, filter, options)).map((domain) => ({ domain, state, reason: 0 }));
  const others = async (): Promise<readonly DomainStateEntry[]> =>
    Promise.all(
      (await listDomains(connection, ListDomains.other, options)).map(async (domain) => ({
        domain,
        ...(await getDomainState(connection, domain, options)),
      })),
    );
  const groups = await Promise.all([
    withState(ListDomains.running, DomainState.running),
    withState(ListDomains.paused, DomainState.paused),
    withState(ListDomains.shutoff, DomainState.shutoff),
    others(),
  ]);
  return groups.flat();
}

/**
 * Statistics of all domains in one call, without waiting for guests whose monitor is busy: they report less.
 * @param stats flags of `DomainStats`
 */
export async function listDomainStats(
  connection: LibvirtConnection,
  stats: number,
  options?: WaitOptions,
): Promise<readonly DomainStatsEntry[]> {
  const args = { domains: [], stats, flags: DomainStatsFlag.noWait };
  const { records } = await connection.call(connectGetAllDomainStats, args, options);
  return records.map(({ domain, params }) => ({ domain, values: paramMap(params) }));
}

export async function lookupDomain(
  connection: LibvirtConnection,
  uuid: string,
  options?: WaitOptions,
): Promise<DomainRef> {
  return (await connection.call(protocol.domainLookupByUuid, { uuid }, options)).domain;
}

export async function lookupDomainByName(
  connection: LibvirtConnection,
  name: string,
  options?: WaitOptions,
): Promise<DomainRef> {
  return (await connection.call(protocol.domainLookupByName, { name }, options)).domain;
}

export async function getDomainState(
  connection: LibvirtConnection,
  domain: DomainRef,
  options?: WaitOptions,
): Promise<{ readonly state: number; readonly reason: number }> {
  return connection.call(protocol.domainGetState, { domain, flags: 0 }, options);
}

export interface DomainXmlOptions extends WaitOptions {
  /** What the next start will use, instead of what runs. Default false. */
  readonly inactive?: boolean | undefined;
  /** With passwords of graphics and the like. Default false. */
  readonly secure?: boolean | undefined;
}

export async function getDomainXml(
  connection: LibvirtConnection,
  domain: DomainRef,
  options: DomainXmlOptions = {},
): Promise<string> {
  const flags =
    (options.inactive === true ? DomainXml.inactive : 0) | (options.secure === true ? DomainXml.secure : 0);
  return (await connection.call(protocol.domainGetXmlDesc, { domain, flags }, options)).xml;
}

/** Defines or redefines, checked by the daemon's schema; a fault rejects with `ErrorCode.xmlInvalidSchema`. */
export async function defineDomain(
  connection: LibvirtConnection,
  xml: string,
  options?: WaitOptions,
): Promise<Defined<DomainRef>> {
  const define = async (flags: number): Promise<DomainRef> =>
    (await connection.call(protocol.domainDefineXmlFlags, { xml, flags }, options)).domain;
  return defineValidated(
    () => define(DomainDefine.validate),
    async () => (await connection.call(protocol.domainDefineXml, { xml }, options)).domain,
  );
}

/** @param flags of `DomainUndefine`: what else of the domain goes */
export async function undefineDomain(
  connection: LibvirtConnection,
  domain: DomainRef,
  flags = 0,
  options?: WaitOptions,
): Promise<void> {
  await connection.call(protocol.domainUndefineFlags, { domain, flags }, options);
}

/** @param flags of `DomainCreate` @returns the reference with the id it runs under */
export async function startDomain(
  connection: LibvirtConnection,
  domain: DomainRef,
  flags = 0,
  options?: WaitOptions,
): Promise<DomainRef> {
  return (await connection.call(protocol.domainCreateWithFlags, { domain, flags }, options)).domain;
}

/** Asks the guest to shut down; whether and when it does, an event tells. @param flags of `DomainShutdown` */
export async function shutdownDomain(
  connection: LibvirtConnection,
  domain: DomainRef,
  flags = 0,
  options?: WaitOptions,
): Promise<void> {
  await connection.call(protocol.domainShutdownFlags, { domain, flags }, options);
}

/** Asks the guest to restart. @param flags of `DomainShutdown` */
export async function rebootDomain(
  connection: LibvirtConnection,
  domain: DomainRef,
  flags = 0,
  options?: WaitOptions,
): Promise<void> {
  await connection.call(protocol.domainReboot, { domain, flags }, options);
}

/** Like the reset button: the guest is not asked. */
export async function resetDomain(
  connection: LibvirtConnection,
  domain: DomainRef,
  options?: WaitOptions,
): Promise<void> {
  await connection.call(protocol.domainReset, { domain, flags: 0 }, options);
}

/** Like pulling the plug: the guest is not asked. @param flags of `DomainDestroy` */
export async function destroyDomain(
  connection: LibvirtConnection,
  domain: DomainRef,
  flags = 0,
  options?: WaitOptions,
): Promise<void> {
  await connection.call(protocol.domainDestroyFlags, { domain, flags }, options);
}

export async function suspendDomain(
  connection: LibvirtConnection,
  domain: DomainRef,
  options?: WaitOptions,
): Promise<void> {
  await connection.call(protocol.domainSuspend, { domain }, options);
}

export async function resumeDomain(
  connection: LibvirtConnection,
  domain: DomainRef,
  options?: WaitOptions,
): Promise<void> {
  await connection.call(protocol.domainResume, { domain }, options);
}

/** Wakes a guest that has put itself to sleep. */
export async function wakeUpDomain(
  connection: LibvirtConnection,
  domain: DomainRef,
  options?: WaitOptions,
): Promise<void> {
  await connection.call(protocol.domainPmWakeup, { domain, flags: 0 }, options);
}

/** A non-maskable interrupt: most guests are set to crash and dump, or to ignore it. */
export async function injectNmi(
  connection: LibvirtConnection,
  domain: DomainRef,
  options?: WaitOptions,
): Promise<void> {
  await connection.call(protocol.domainInjectNmi, { domain, flags: 0 }, options);
}

/** Only while the domain is off. */
export async function renameDomain(
  connection: LibvirtConnection,
  domain: DomainRef,
  newName: string,
  options?: WaitOptions,
): Promise<void> {
  await connection.call(protocol.domainRename, { domain, newName, flags: 0 }, options);
}

export async function getDomainAutostart(
  connection: LibvirtConnection,
  domain: DomainRef,
  options?: WaitOptions,
): Promise<boolean> {
  return (await connection.call(protocol.domainGetAutostart, { domain }, options)).autostart;
}

export async function setDomainAutostart(
  connection: LibvirtConnection,
  domain: DomainRef,
  autostart: boolean,
  options?: WaitOptions,
): Promise<void> {
  await connection.call(protocol.domainSetAutostart, { domain, autostart }, options);
}
