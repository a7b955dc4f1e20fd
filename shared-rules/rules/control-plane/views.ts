import type { Container } from '../../model/kubernetes/objects.ts';
import { isCompleteContainer } from '../../model/kubernetes/pod-completeness.ts';
import { ownerName } from '../../model/wording.ts';
import { podSubject } from '../../model/workload.ts';
import type { View, Viewed } from '../api.ts';
import { type ControlPlaneProgram, programsOf } from './program.ts';

export interface ProgramItem extends Viewed, ControlPlaneProgram {
  /** `kube-apiserver of Pod kube-apiserver`, as a sentence begins. */
  readonly name: string;
  readonly container: Container;
  readonly kubernetesVersion: string | undefined;
}

export const kubeApiserver = programView('kube-apiserver');

/** The containers that start a program. */
function programView(program: string): View<ProgramItem> {
  return {
    name: `programView ${program}`,
    object: ({ pods }, { settings: { kubernetesVersion } }) =>
      pods.flatMap((pod) => {
        const subject = podSubject(pod);
        const name = `${program} of ${ownerName(subject)}`;
        return pod.containers.flatMap((container) =>
          programsOf(container)
            .filter((one) => one.program === program)
            .map((one) => {
              const mayHaveMore = one.mayHaveMore || !isCompleteContainer(pod, container);
              return { ...one, mayHaveMore, subject, name, container, kubernetesVersion };
            }),
        );
      }),
  };
}
