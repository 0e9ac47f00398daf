import { toProblem, type Problem } from '../contract/problems';
import type { IssuedForecast } from '../contract/forecast-log';
import { PUBLISH_WAYS, type PublishSettings, type PublishWay } from '../contract/watch';
import { growCsv } from './csv';
import { publishToFolder } from './folder';
import { messagesOf } from './home-assistant';
import { sendMessages } from './mqtt';
import type { Publication } from './publication';

/** What publishing needs beside the forecast. */
export interface Publishing {
  readonly settings: PublishSettings;
  /** Of the broker, from where the user keeps it; null: none. */
  readonly password: string | null;
  /** All that was issued, for the file that grows. */
  readonly forecasts: readonly IssuedForecast[];
  /** The usual time from a forecast to the next, in seconds. */
  readonly pauseSeconds: number;
}

/** Publishes in all ways that are wanted; one that fails leaves the others alone. @returns what went wrong */
export async function publish(publication: Publication, publishing: Publishing): Promise<Problem[]> {
  const problems: Problem[] = [];
  for (const way of PUBLISH_WAYS) {
    await publishOneWay(way, publication, publishing).catch((error: unknown) =>
      problems.push(toProblem(error)),
    );
  }
  return problems;
}

/** @throws Problem 'cannot-write', 'publish-failed' */
export async function publishOneWay(
  way: PublishWay,
  publication: Publication,
  { settings, password, forecasts, pauseSeconds }: Publishing,
): Promise<void> {
  const { folder, csv, mqtt, language } = settings;
  switch (way) {
    case 'folder':
      if (folder !== null) await publishToFolder(folder, publication, language);
      return;
    case 'csv':
      if (csv !== null) await growCsv(csv, forecasts, publication);
      return;
    case 'mqtt':
      if (mqtt !== null) {
        await sendMessages(mqtt, password, messagesOf(publication, mqtt, language, pauseSeconds));
      }
  }
}
