import { flags, optional, string, u32 } from '../wire/xdrTypes.ts';
import { streamProcedure } from './procedure.ts';
import { domainRef } from './refs.ts';

const domain = domainRef;

export const domainOpenConsole = streamProcedure(201, 'both', 'guest', {
  domain,
  device: optional(string),
  flags,
});
export const domainOpenChannel = streamProcedure(296, 'both', 'guest', {
  domain,
  name: optional(string),
  flags,
});
/** `mime` is the type of the picture that follows, image/x-portable-pixmap or image/png. */
export const domainScreenshot = streamProcedure(
  211,
  'download',
  'guest',
  { domain, screen: u32, flags },
  { mime: optional(string) },
);

/** virDomainConsoleFlags of libvirt-domain.h: `force` throws out whoever has the console open. */
export const ConsoleFlag = { force: 1, safe: 2 } as const;

/** virDomainChannelFlags of libvirt-domain.h. */
export const ChannelFlag = { force: 1 } as const;
