import type { Place } from '../../language/place.ts';
import { remembered } from '../../language/remembered.ts';
import { lastAtOrBefore } from '../../language/search.ts';
import { contains } from '../../language/text.ts';
import type { Value } from '../../language/yaml/value.ts';
import { classify } from '../../model/ai/classify.ts';
import { commandWorkload } from '../../model/ai/command-traits.ts';
import { containerWorkload } from '../../model/ai/container-traits.ts';
import type { AiContext } from '../../model/ai/overrides.ts';
import { podWorkload } from '../../model/ai/pod-traits.ts';
import { serviceWorkload } from '../../model/ai/service-traits.ts';
import type { WorkloadTraits } from '../../model/ai/traits.ts';
import { imageGlob, imageRepository, repositoryIn } from '../../model/image.ts';
import type { Container, KubernetesObject, Pod } from '../../model/kubernetes/objects.ts';
import type { Content } from '../../model/manifest.ts';
import { containerSubject } from '../../model/running/inspect.ts';
import { podSubject, type Subject, serviceSubject } from '../../model/workload.ts';
import type { RuleId } from '../../rules/catalogue.generated.ts';
import type { Finding } from '../finding.ts';
import type { LintSettings } from '../settings.ts';
import { KNOWN_HOST_USERS } from './catalogue.ts';

/** A workload whose images may be known. */
interface HostUser {
  readonly subject: Subject;
  /** What it runs as; a pod runs as its owner, too. */
  readonly kinds: readonly string[];
  /** The images a finding is about; all of them must be known, or one is enough where it is about the whole pod. */
  readonly imagesAt: (finding: Finding) => {
    readonly images: readonly (string | undefined)[];
    readonly isWhole: boolean;
  };
  readonly workload: () => WorkloadTraits;
}

/** Who an image is, where it is known, in the words of a message. */
type Recognize = (image: string) => string | undefined;

/**
 * Makes findings milder whose workload is known to need what they are about, and says so. What would repair them would
 * break it, so only safe fixes stay.
 */
export function easeKnownUses(
  findings: readonly Finding[],
  contents: readonly Content[],
  { settings, ai }: { readonly settings: LintSettings; readonly ai: AiContext },
): Finding[] {
  if (findings.every(({ severity }) => severity === 'low')) return [...findings];
  const users = new Map(contents.flatMap((content) => usersIn(content, ai)).map((user) => [keyOf(user.subject), user]));
  return findings.map((finding) => {
    const user = finding.severity === 'low' ? undefined : users.get(keyOf(finding.subject));
    const why = user && whyKnown(finding, user, settings);
    if (why === undefined) return finding;
    return {
      ...finding,
      severity: settings.severity[finding.rule] === undefined ? 'low' : finding.severity,
      message: `${finding.message} ${why}`,
      fixes: () => finding.fixes().filter(({ safety }) => safety === 'safe'),
    };
  });
}

function keyOf({ range, file = '' }: Subject): string {
  return `${range.start} ${file}`;
}

function whyKnown(finding: Finding, user: HostUser, settings: LintSettings): string | undefined {
  const { rule } = finding;
  const { images, isWhole } = user.imagesAt(finding);
  const recognize = (by: Recognize) => {
    const known = images.map((image) => (image === undefined ? undefined : by(image)));
    return isWhole || !known.includes(undefined) ? known.find((why) => why !== undefined) : undefined;
  };
  const why = recognize((image) => listed(image, user.kinds, rule, settings));
  if (why !== undefined) return why;
  const known = recognize((image) => catalogued(image, user.kinds, rule));
  return known !== undefined && classify(user.workload()).class !== 'ai' ? known : undefined;
}

const ENTRIES = Object.values(KNOWN_HOST_USERS)
  .flat()
  .map((entry) => ({ ...entry, globs: entry.images.map(imageGlob) }));
/** What a setting without rules means: the dangers that the catalogue knows of. */
const CATALOGUED: readonly RuleId[] = [...new Set(ENTRIES.flatMap(({ needs }) => needs))];

const globOf = remembered(({ image }: LintSettings['knownHostUsers'][number]) => imageGlob(image));

/** What the user says of an image. */
function listed(
  image: string,
  kinds: readonly string[],
  rule: RuleId,
  { knownHostUsers, policy }: LintSettings,
): string | undefined {
  if (policy?.rules.includes(rule)) return undefined;
  const entry = knownHostUsers.find(
    (one) =>
      globOf(one).test(image) &&
      (one.kinds === undefined || one.kinds.some((kind) => kinds.includes(kind))) &&
      (one.rules ?? CATALOGUED).includes(rule),
  );
  return entry && `Here it may stay: ${image} is listed as a known host user (${entry.reason}).`;
}

function catalogued(image: string, kinds: readonly string[], rule: RuleId): string | undefined {
  const entry = ENTRIES.find(
    (one) =>
      one.needs.includes(rule) &&
      one.kinds.some((kind) => kinds.includes(kind)) &&
      one.globs.some((glob) => glob.test(image)),
  );
  return entry && `Here it may stay: ${image} is ${entry.what}, which needs this. Accept it and write down the reason.`;
}

function usersIn(content: Content, ai: AiContext): HostUser[] {
  switch (content.dialect) {
    case 'kubernetes':
      return content.objects.flatMap(({ pods }) => pods.map((pod) => podUser(pod, ai)));
    case 'compose':
      return content.compose.services.map((service) => {
        const user = oneImage('service', repositoryIn(service.value.get('image')));
        return { ...user, subject: serviceSubject(service), workload: () => serviceWorkload(service, ai) };
      });
    case 'script':
      return content.script.commands.map((command) => {
        const user = oneImage('container', command.image && imageRepository(command.image.text));
        return { ...user, subject: command.subject, workload: () => commandWorkload(command, ai) };
      });
    case 'containers':
      return content.containers.map((container) => {
        const user = oneImage('container', repositoryIn(container.value.at('Config', 'Image')));
        return { ...user, subject: containerSubject(container), workload: () => containerWorkload(container, ai) };
      });
  }
}

function oneImage(kind: string, image: string | undefined): Pick<HostUser, 'kinds' | 'imagesAt'> {
  return { kinds: [kind], imagesAt: () => ({ images: [image], isWhole: false }) };
}

function podUser(pod: Pod, ai: AiContext): HostUser {
  return {
    subject: podSubject(pod),
    kinds: [pod.object.kind ?? '', ...ownerKinds(pod.object)],
    imagesAt: (finding) => imagesAt(pod, finding),
    workload: () => podWorkload(pod, ai),
  };
}

/** A ReplicaSet is made by a Deployment. */
function ownerKinds({ root }: KubernetesObject): string[] {
  const owners = root.at('metadata', 'ownerReferences')?.items() ?? [];
  return owners
    .flatMap((owner) => owner.get('kind')?.text ?? [])
    .map((kind) => (kind === 'ReplicaSet' ? 'Deployment' : kind));
}

/** The images of the container a range is in, of those that mount the volume it is in, or of the whole pod. */
function imagesAt(pod: Pod, { range, file }: Finding): ReturnType<HostUser['imagesAt']> {
  const { spec, containers } = pod;
  const place = { range, file };
  const volume = indexed(spec.get('volumes')?.items() ?? NONE)(place)?.get('name')?.text;
  const { indexAt, byVolume } = containersIn(pod);
  const own = indexAt(place);
  const mounting = volume === undefined ? [] : (byVolume.get(volume) ?? []);
  const affected = [...new Set([...(own === undefined ? [] : [own]), ...mounting])].sort((a, b) => a - b);
  const isWhole = affected.length === 0;
  const about = isWhole ? containers : affected.map((index) => containers[index] as Container);
  return { images: about.map(({ image }) => repositoryIn(image)), isWhole };
}

type InFile = Pick<Place, 'range' | 'file'>;

const NONE: readonly Value[] = [];

/** Finds the one of some values, none of which is in another, that a place is in. */
const indexed = remembered((values: readonly Value[]): ((place: InFile) => Value | undefined) => {
  const byFile = new Map<string | undefined, Value[]>();
  for (const value of values) {
    const known = byFile.get(value.file);
    if (known) known.push(value);
    else byFile.set(value.file, [value]);
  }
  for (const own of byFile.values()) own.sort((a, b) => a.range.start - b.range.start);
  return ({ range, file }) => {
    const own = byFile.get(file) ?? [];
    const value = own[lastAtOrBefore(own.length, (index) => own[index]!.range.start, range.start)];
    return value && contains(value.range, range) ? value : undefined;
  };
});

/** The containers of a pod by their places, and by the volumes that they mount, as numbers in their order. */
const containersIn = remembered(({ containers }: Pod) => {
  const values = containers.map(({ value }) => value);
  const indexes = new Map(values.map((value, index) => [value, index]));
  const valueAt = indexed(values);
  const byVolume = new Map<string, number[]>();
  for (const [index, { volumeMounts }] of containers.entries())
    for (const mount of volumeMounts) {
      const name = mount.get('name')?.text;
      if (name === undefined) continue;
      const known = byVolume.get(name);
      if (!known) byVolume.set(name, [index]);
      else if (known.at(-1) !== index) known.push(index);
    }
  const indexAt = (place: InFile) => {
    const value = valueAt(place);
    return value && indexes.get(value);
  };
  return { indexAt, byVolume };
});
