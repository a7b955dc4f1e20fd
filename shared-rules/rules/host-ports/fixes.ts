import { put, remove } from '../../language/yaml/change.ts';
import type { Fix } from '../api.ts';
import { review, reviewIfPossible } from '../fixes.ts';
import type { HostPort } from './kubernetes.ts';
import type { PublishedPort } from './published-ports.ts';

export function removeHostPort({ field }: HostPort): Fix {
  return review('Remove hostPort', remove(field));
}

export function toNodeLoopback({ entry }: HostPort): Fix {
  return review('Set hostIP to 127.0.0.1', put(entry, ['hostIP'], '127.0.0.1'));
}

/** An address that is written was meant. */
export function publishOnLoopback({ address, toLoopback }: PublishedPort): Fix[] {
  return address === undefined ? reviewIfPossible('Publish it on 127.0.0.1 only', toLoopback) : [];
}
