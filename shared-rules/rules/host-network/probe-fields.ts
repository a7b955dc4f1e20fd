/** The probes of a container, as paths from it. */
export const PROBES = [['startupProbe'], ['readinessProbe'], ['livenessProbe']] as const;

/** The actions that have a `host` in core/v1; it defaults to the pod's address. */
export const ACTIONS_WITH_HOST = ['httpGet', 'tcpSocket'] as const;
