import type { RuleId } from '../rules/facts.generated.ts';
import { classify } from '../source/ai/classify.ts';
import type { AiContext } from '../source/ai/overrides.ts';
import { podWorkload } from '../source/ai/pod-traits.ts';
import { serviceWorkload } from '../source/ai/service-traits.ts';
import { commandWorkload } from '../source/docker/run-network.ts';
import { imageGlob, imageRepository, repositoryIn } from '../source/image.ts';
import { KNOWN_HOST_USERS, type KnownHostUser } from '../source/known-host-users.ts';
import type { Pod } from '../source/kubernetes.ts';
import type { Content } from '../source/manifest.ts';
import { podSubject, serviceSubject } from '../source/subject.ts';
import { contains, type Range } from '../source/text.ts';
import type { Finding } from './lint.ts';
import type { LintSettings } from './settings.ts';
import type { Surroundings } from './views.ts';

/** A workload whose images may be known. */
interface Workload {
  readonly kind: string;
  /** The images a finding is about; all of them must be known, or one is enough where it is about the whole pod. */
  readonly imagesAt: (range: Range) => { readonly images: readonly (string | undefined)[]; readonly isWhole: boolean };
  readonly isAi: () => boolean;
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
  { settings, ai }: Pick<Surroundings, 'settings' | 'ai'>,
): Finding[] {
  const workloads = findings.length > 0 ? workloadsIn(contents, ai) : new Map<number, Workload>();
  return findings.map((finding) => {
    const workload = workloads.get(finding.subject.range.start);
    const why = workload && finding.severity !== 'low' ? whyKnown(finding, workload, settings) : undefined;
    if (why === undefined) return finding;
    return {
      ...finding,
      severity: settings.severity[finding.rule] === undefined ? 'low' : finding.severity,
      message: `${finding.message} ${why}`,
      fixes: finding.fixes.filter(({ safety }) => safety === 'safe'),
    };
  });
}

function whyKnown(finding: Finding, { kind, imagesAt, isAi }: Workload, settings: LintSettings): string | undefined {
  const { images, isWhole } = imagesAt(finding.range);
  const recognize = (by: Recognize) => {
    const known = images.map((image) => (image === undefined ? undefined : by(image)));
    const [first] = known.filter((why) => why !== undefined);
    return isWhole || !known.includes(undefined) ? first : undefined;
  };
  const why = recognize((image) => listed(image, kind, finding.rule, settings));
  if (why !== undefined) return why;
  const known = recognize((image) => catalogued(image, kind, finding.rule));
  return known !== undefined && !isAi() ? known : undefined;
}

/** What the user says of an image. */
function listed(image: string, kind: string, rule: RuleId, { knownHostUsers }: LintSettings): string | undefined {
  const entry = knownHostUsers.find(
    ({ image: glob, kinds, rules }) =>
      imageGlob(glob.toLowerCase()).test(image) &&
      (kinds?.includes(kind) ?? true) &&
      (rules ?? CATALOGUED).includes(rule),
  );
  return entry && `Here it may stay: ${image} is listed as a known host user (${entry.reason}).`;
}

const ENTRIES = Object.values(KNOWN_HOST_USERS)
  .flat()
  .map((entry: KnownHostUser) => ({ ...entry, globs: entry.images.map(imageGlob) }));
/** What an entry without rules means: the dangers that the catalogue knows of. */
const CATALOGUED: readonly RuleId[] = [...new Set(ENTRIES.flatMap(({ needs }) => needs))];

function catalogued(image: string, kind: string, rule: RuleId): string | undefined {
  const entry = ENTRIES.find(
    ({ globs, kinds, needs }) => kinds.includes(kind) && needs.includes(rule) && globs.some((glob) => glob.test(image)),
  );
  return entry && `Here it may stay: ${image} is ${entry.what}, which needs this. Accept it and write down the reason.`;
}

/** The workloads by where their subject begins. */
function workloadsIn(contents: readonly Content[], ai: AiContext): Map<number, Workload> {
  const workloads = new Map<number, Workload>();
  for (const content of contents) {
    if (content.dialect === 'compose') {
      for (const service of content.compose.services) {
        const images = [repositoryIn(service.value.get('image'))];
        workloads.set(serviceSubject(service).range.start, {
          kind: 'service',
          imagesAt: () => ({ images, isWhole: false }),
          isAi: () => classify(serviceWorkload(service, ai)).class === 'ai',
        });
      }
    } else if (content.dialect === 'script') {
      for (const command of content.script.commands) {
        const images = [command.image && imageRepository(command.image.text)];
        workloads.set(command.subject.range.start, {
          // What a Compose service needs, a container that a command starts needs as well.
          kind: 'service',
          imagesAt: () => ({ images, isWhole: false }),
          isAi: () => classify(commandWorkload(command, ai)).class === 'ai',
        });
      }
    } else if (content.dialect === 'kubernetes') {
      for (const pod of content.objects.flatMap(({ pods }) => pods)) {
        const { kind, range } = podSubject(pod);
        const isAi = () => classify(podWorkload(pod, ai)).class === 'ai';
        workloads.set(range.start, { kind, imagesAt: (at) => imagesAt(pod, at), isAi });
      }
    }
  }
  return workloads;
}

/** The images of the container a range is in, of those that mount the volume it is in, or of the whole pod. */
function imagesAt({ spec, containers }: Pod, range: Range): ReturnType<Workload['imagesAt']> {
  const volumes = spec.get('volumes')?.items() ?? [];
  const volume = volumes.find((one) => contains(one.range, range))?.get('name')?.text;
  const concerned = containers.filter(
    ({ value, volumeMounts }) =>
      contains(value.range, range) ||
      (volume !== undefined && volumeMounts.some((mount) => mount.get('name')?.text === volume)),
  );
  const isWhole = concerned.length === 0;
  return { images: (isWhole ? containers : concerned).map(({ image }) => repositoryIn(image)), isWhole };
}
