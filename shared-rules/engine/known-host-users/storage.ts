import type { RuleId } from '../../rules/catalogue.generated.ts';
import { NODE, type NodePrograms, ROOT_FOLDER, user } from './program.ts';

/** Devices and mounts of the node, and the sockets by which the kubelet learns of a driver. */
const CSI_DRIVER: readonly RuleId[] = [
  'host-network',
  'privileged',
  'added-capabilities',
  'sensitive-host-path',
  'runtime-socket',
];

export const STORAGE: NodePrograms = {
  Storage: [
    user(
      "the node's part of a CSI driver",
      [
        '*csi-driver',
        'csi-secrets-store/driver',
        'azuredisk-csi',
        'azurefile-csi',
        'sig-storage/nfsplugin',
        'sig-storage/smbplugin',
        'piraeusdatastore/piraeus-csi',
      ],
      NODE,
      [...CSI_DRIVER, 'windows-host-process'],
      'kubernetes-sigs/aws-ebs-csi-driver charts/aws-ebs-csi-driver/templates/_node.tpl and _node-windows.tpl, kubernetes-sigs/gcp-compute-persistent-disk-csi-driver deploy/kubernetes/base/node_linux/node.yaml, kubernetes-sigs/secrets-store-csi-driver deploy/secrets-store-csi-driver.yaml, kubernetes-sigs/azuredisk-csi-driver deploy/csi-azuredisk-node.yaml, kubernetes-csi/csi-driver-nfs deploy/csi-nfs-node.yaml, seaweedfs/seaweedfs-csi-driver deploy/kubernetes/seaweedfs-csi.yaml, piraeusdatastore/piraeus-operator pkg/resources/cluster/csi-node/csi-node-daemon-set.yaml',
    ),
    user(
      'the registration of a CSI driver with the kubelet',
      ['csi-node-driver-registrar'],
      NODE,
      ['privileged', ...ROOT_FOLDER],
      'ceph/ceph-csi deploy/rbd/kubernetes/csi-rbdplugin.yaml',
    ),
    user(
      "the node's part of the CSI drivers of Ceph and of Azure's blobs",
      ['cephcsi/cephcsi', 'blob-csi'],
      NODE,
      ['host-pid', ...CSI_DRIVER],
      'ceph/ceph-csi deploy/rbd/kubernetes/csi-rbdplugin.yaml, kubernetes-sigs/blob-csi-driver deploy/csi-blob-node.yaml',
    ),
    user(
      "the node's part of democratic-csi",
      ['democraticcsi/democratic-csi'],
      NODE,
      ['host-ipc', ...CSI_DRIVER],
      'democratic-csi/charts stable/democratic-csi/templates/node.yaml',
    ),
    user(
      'a provider of the Secrets Store CSI driver',
      [
        'secrets-store-csi-driver-provider-aws',
        'secrets-store-csi-driver-provider-gcp/plugin',
        'hashicorp/vault-csi-provider',
      ],
      NODE,
      ['sensitive-host-path'],
      'aws/secrets-store-csi-driver-provider-aws deployment/aws-provider-installer.yaml, GoogleCloudPlatform/secrets-store-csi-driver-provider-gcp deploy/provider-gcp-plugin.yaml, hashicorp/vault-helm templates/csi-daemonset.yaml',
    ),
    user(
      'the provider for Azure of the Secrets Store CSI driver',
      ['secrets-store/provider-azure'],
      NODE,
      ['host-network', 'sensitive-host-path'],
      'Azure/secrets-store-csi-driver-provider-azure deployment/provider-azure-installer.yaml',
    ),
    user(
      'the storage system Longhorn',
      ['longhornio/longhorn-manager'],
      NODE,
      ['host-network', 'privileged', 'added-capabilities', ...ROOT_FOLDER],
      'longhorn/longhorn chart/templates/daemonset-sa.yaml',
    ),
    user(
      'the storage system Mayastor of OpenEBS',
      ['openebs/mayastor-io-engine', 'openebs/mayastor-csi-node'],
      NODE,
      ['host-network', 'privileged', ...ROOT_FOLDER],
      'openebs/mayastor-extensions chart/templates/mayastor/io/io-engine-daemonset.yaml, chart/templates/mayastor/csi/csi-node-daemonset.yaml',
    ),
    user(
      'the driver for ZFS of OpenEBS',
      ['openebs/zfs-driver'],
      NODE,
      ['host-network', 'privileged', ...ROOT_FOLDER],
      'openebs/zfs-localpv deploy/helm/charts/templates/zfs-node.yaml',
    ),
    user(
      'the driver for LVM of OpenEBS',
      ['openebs/lvm-driver'],
      NODE,
      ['privileged', ...ROOT_FOLDER],
      'openebs/lvm-localpv deploy/helm/charts/templates/lvm-node.yaml',
    ),
    user(
      'the driver for LVM TopoLVM',
      ['topolvm/topolvm', 'topolvm/topolvm-with-sidecar'],
      NODE,
      ['host-pid', 'privileged', ...ROOT_FOLDER],
      'topolvm/topolvm charts/topolvm/templates/node/daemonset.yaml, charts/topolvm/templates/lvmd/daemonset.yaml',
    ),
    user(
      'the storage system LINSTOR',
      ['piraeusdatastore/piraeus-server'],
      NODE,
      ['privileged', 'added-capabilities', 'sensitive-host-path'],
      'piraeusdatastore/piraeus-operator pkg/resources/satellite/satellite/daemonset.yaml',
    ),
    user(
      'the loader of the kernel module DRBD',
      ['piraeusdatastore/drbd9-*'],
      NODE,
      ['added-capabilities', 'sensitive-host-path'],
      'piraeusdatastore/piraeus-operator pkg/resources/satellite/satellite/daemonset.yaml',
    ),
    user(
      'the guard that ends DRBD before the node does',
      ['piraeusdatastore/drbd-shutdown-guard'],
      NODE,
      ['privileged', ...ROOT_FOLDER],
      'piraeusdatastore/piraeus-operator pkg/resources/satellite/satellite/daemonset.yaml',
    ),
    user(
      "LINSTOR's agent for high availability",
      ['piraeusdatastore/piraeus-ha-controller'],
      NODE,
      ['privileged'],
      'piraeusdatastore/piraeus-operator pkg/resources/cluster/ha-controller/daemonset.yaml',
    ),
    user(
      'the provisioner of local volumes',
      ['sig-storage/local-volume-provisioner'],
      NODE,
      ['privileged', 'sensitive-host-path'],
      'kubernetes-sigs/sig-storage-local-static-provisioner helm/provisioner/templates/daemonset_linux.yaml',
    ),
  ],
};
