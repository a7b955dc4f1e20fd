import type { ComposeProject } from '../assembly/compose/project.ts';
import { type Part, type Place, rangeInFile } from '../language/place.ts';
import type { LabelSelector, Labels } from '../model/kubernetes/label-selector.ts';
import type { MeshRequest } from '../model/kubernetes/meshes.ts';
import type { ObjectsOf } from '../model/kubernetes/objects.ts';
import type { Subject } from '../model/workload.ts';

/**
 * What a document says that matters to other documents, of its file and of others. Plain data: it outlives the parse
 * and is compared by its JSON. Its places know their part of the file. `key` is what others ask for, beside the sort of fact.
 */
export type Fact =
  | PortClaim
  | PodFact
  | PolicyFact
  | NamespaceFact
  | KustomizationFact
  | SourceFact
  | ComposeUseFact
  | KustomizationUseFact
  | DeployedFolderFact
  | ChartFileFact
  | ReleaseFact
  | ReleaseUseFact
  | ConfigMapFact
  | NamedObjectFact;

interface About {
  readonly key: string;
  readonly at: Place;
  /** The builds of kustomizations and environments of charts that it is true in, where it is about what these deploy. */
  readonly builds?: readonly string[];
}

/** A fact whose places count from the start of the file, for those who do not have its parts. */
export function factInFile(fact: Fact): Fact {
  const inFile = (place: Place): Place => ({ range: rangeInFile(place), path: place.path, file: place.file });
  const placed = { ...fact, at: inFile(fact.at) };
  if (placed.is !== 'namespace') return placed;
  const meshes = placed.meshes.map((mesh) => ({ ...mesh, at: inFile(mesh.at) }));
  return { ...placed, enforcesAt: inFile(placed.enforcesAt), meshes };
}

/** A workload, as it is named in messages. */
export type Holder = Pick<Subject, 'kind' | 'name' | 'generateName' | 'namespace'>;

/** A port of its host that a workload takes for as long as it runs. The key is the platform, port and protocol. */
export interface PortClaim extends About {
  readonly is: 'port';
  readonly holder: Holder;
  readonly port: number;
  readonly protocol: string;
  /** The host's address it takes the port of; undefined for all of them. */
  readonly address: string | undefined;
  /** Whether a variable's default says so, and the environment may say otherwise. */
  readonly fromDefault: boolean;
  readonly placement: Placement;
  readonly likeness: Likeness;
}

/** What marks two workloads of different files as variants of one, of which only one is deployed. */
export interface Likeness {
  /** The names of the services in its file, of very many the first. */
  readonly services: readonly string[];
  /** Without tag and digest. */
  readonly image: string | undefined;
  readonly labels: Labels | undefined;
}

/** What decides on which hosts a workload runs, and beside which others. */
export interface Placement {
  /** Labels its nodes must have. */
  readonly nodes: Labels;
  /** Any further conditions on the host, as text to compare. */
  readonly conditions: string;
  /** Whether it already says that it stays away from other workloads. */
  readonly keepsApart: boolean;
  /** Names of which two workloads must share one to run together, where both have some: the profiles of a service. */
  readonly profiles: readonly string[];
}

/**
 * A pod, or the template of one. The key is `podKey` of its namespace, empty where none is written: pods that join
 * namespaces of their node are asked for alone, since most others never matter to anyone.
 */
export interface PodFact extends About {
  readonly is: 'pod';
  readonly holder: Holder;
  /** Undefined where one of them is not known. */
  readonly labels: Labels | undefined;
  readonly isOnHostNetwork: boolean | undefined;
  /** The fields by which it joins namespaces of its node, such as `hostPID`. */
  readonly hostFields: readonly string[];
}

export function podKey(namespace: string, joinsNode: boolean): string {
  return `${joinsNode ? 'joining' : 'inside'} ${namespace}`;
}

/** A NetworkPolicy, or a network's own sort of one. The key is empty: who asks wants to know of all. */
export interface PolicyFact extends About {
  readonly is: 'policy';
  readonly name: string;
  /** Empty where none is written, `*` for all namespaces; undefined where it is not known. */
  readonly namespace: string | undefined;
  /** Undefined where it is not known which pods it selects. */
  readonly selector: LabelSelector | undefined;
}

/** A Namespace. The key is its name. */
export interface NamespaceFact extends About {
  readonly is: 'namespace';
  /** The level of Pod Security that it enforces; undefined where it names none, or that is not known. */
  readonly enforces: string | undefined;
  readonly enforcesAt: Place;
  /** The meshes whose proxy its pods get. */
  readonly meshes: readonly MeshRequest[];
}

/** A kustomization: files and folders that are deployed together. The key is empty. */
export interface KustomizationFact extends About {
  readonly is: 'kustomization';
  /** As they are written, relative to its folder. */
  readonly resources: readonly string[];
}

/** The text of a file, or of a part of one, that others may be put together with. The key is its path. */
export interface SourceFact extends About {
  readonly is: 'source';
  readonly text: string;
  /** Whether the file in an editor has a syntax error by now, so that this is what it said before. */
  readonly isStale?: boolean;
  /** Whether it is in a package, so that nobody can open or edit it. */
  readonly isPacked?: boolean;
}

/** That a Compose file is put together with others. The key is its path. */
export interface ComposeUseFact extends About {
  readonly is: 'composeUse';
  /** The file that includes or extends it, or the project that has it among its files. */
  readonly by: string | ComposeProject;
}

/** That a kustomization uses a file or folder. The key is its path. */
export interface KustomizationUseFact extends About {
  readonly is: 'kustomizationUse';
  /** The path of the kustomization's file. */
  readonly by: string;
  /** Whether objects come from what is used: else it is a patch, or something else that changes objects or makes some. */
  readonly isResource: boolean;
}

/** That an object of Flux or Argo CD deploys a folder by itself. The key is its path. */
export interface DeployedFolderFact extends About {
  readonly is: 'deployedFolder';
}

/** That a file belongs to a chart, if there is one in the folder that is the key. */
export interface ChartFileFact extends About {
  readonly is: 'chartFile';
  readonly path: string;
  /** Why nothing is known of it, for a packed chart that cannot be read; the end of a sentence. */
  readonly refused?: string;
}

/** That a file has a release of a chart. The key is the path of the chart's folder. */
export interface ReleaseFact extends About {
  readonly is: 'release';
  readonly by: string;
}

/** That a release in a file has values from another one. The key is that file's path, or a ConfigMap. */
export interface ReleaseUseFact extends About {
  readonly is: 'releaseUse';
  readonly by: string;
}

/** A ConfigMap that may have values of a chart. The key is its name. */
export interface ConfigMapFact extends About {
  readonly is: 'configMap';
  readonly path: string;
  readonly namespace: string | undefined;
}

/** What an object is called that stands in a file which a kustomization uses. The key is the path of the file. */
export interface NamedObjectFact extends About {
  readonly is: 'namedObject';
  readonly kind: string | undefined;
  readonly name: string | undefined;
}

/** A part of the file that is linted. */
export interface FilePart {
  readonly text: string;
  readonly part: Part;
}

/** A fact that was asked for, and the file it stands in where that is another one. */
export interface SourcedFact<F extends Fact = Fact> {
  readonly fact: F;
  readonly file: string | undefined;
}

type FactOf<Is extends Fact['is']> = Extract<Fact, { readonly is: Is }>;

/** What is known beyond one document. */
export interface KnownFacts {
  /** What documents say that are deployed together with this one: those of its file, and of files beside it. */
  together: <Is extends Fact['is']>(is: Is, key: string) => readonly SourcedFact<FactOf<Is>>[];
  /** What any document says. */
  anywhere: <Is extends Fact['is']>(is: Is, key: string) => readonly SourcedFact<FactOf<Is>>[];
  /** The Kubernetes objects of some kinds in the same file, in the order of the text. */
  objects: ObjectsOf;
  /** The part of its file that the document is. */
  part: Part | undefined;
  /** All parts of the same file, in the order of the text. */
  parts: () => readonly FilePart[];
}

/** ` in other.yaml`, to be added to what is said about a fact of another file. */
export function inFile({ file }: SourcedFact): string {
  return file === undefined ? '' : ` in ${nameIn(file)}`;
}

/** The last segment of a path or URI. */
function nameIn(file: string): string {
  const name = file.split(/[\\/]/).at(-1) as string;
  if (!/^[\w+.-]{2,}:/.test(file)) return name;
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
