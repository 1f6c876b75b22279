const namespace = 'xmlns="http://relaxng.org/ns/structure/1.0"';

/** Schemas in the manner of libvirt's: a domain has a name and devices, a secret is empty. */
export const smallSchemas: ReadonlyMap<string, string> = new Map([
  [
    'domain.rng',
    `<grammar ${namespace}>
      <start><ref name="domain"/></start>
      <include href="domaincommon.rng"/>
    </grammar>`,
  ],
  [
    'domaincommon.rng',
    `<grammar ${namespace}>
      <define name="domain">
        <element name="domain"><interleave><element name="name"><text/></element><ref name="devices"/></interleave></element>
      </define>
      <define name="devices">
        <element name="devices"><interleave>
          <optional><ref name="emulator"/></optional>
          <zeroOrMore><choice><ref name="disk"/><ref name="hub"/></choice></zeroOrMore>
        </interleave></element>
      </define>
      <define name="emulator"><element name="emulator"><text/></element></define>
      <define name="disk"><element name="disk"><attribute name="type"/></element></define>
      <define name="hub"><element name="hub"><empty/></element></define>
    </grammar>`,
  ],
  ['secret.rng', `<grammar ${namespace}><start><element name="secret"><empty/></element></start></grammar>`],
]);
