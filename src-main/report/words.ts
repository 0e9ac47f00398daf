import type { Language } from '../contract/language';
import { en, type ReportWords } from './en';
import { ko } from './ko';

export type { ReportWords };

export const REPORT_WORDS: Readonly<Record<Language, ReportWords>> = { en, ko };
