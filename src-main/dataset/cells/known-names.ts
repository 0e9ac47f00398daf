import type { Quantity } from '../../contract/quantities';
import type { Meaning } from './units';

/**
 * Short names that services document and that no rule of language would give: quantity, unit where nothing else tells
 * it ('' lets the values decide), and the names.
 */
const KNOWN: readonly (readonly [quantity: Quantity, unit: string, names: string])[] = [
  // German Weather Service (DWD CDC), climate, hourly and 10-minute products.
  ['temperature', '°C', 'tt_tu tmk txk tnk tgk tt_10 tm5_10 tn_10 tx_10 lufttemperatur_2m'],
  ['dew point', '°C', 'td_10 td dwpc dwpt'],
  ['relative humidity', '%', 'rf_tu upm rf_10 relh rhum rh2m u uu'],
  ['pressure', 'hPa', 'pm pp_10 p0 pres mslp slp msl qff qnh qfe'],
  ['cloud', 'okta', 'nm v_n'],
  ['wind speed', 'm/s', 'fm ff ff_10 f ws2m ws10m'],
  ['wind gust', 'm/s', 'fx fx_10'],
  ['wind direction', '°', 'dd dd_10 d wdir drct mwd winddirdeg'],
  ['rain', 'mm', 'rsk rs r1 rws_10 prectotcorr p01m rr rr24'],
  ['sunshine', 'h', 'sdk'],
  ['sunshine', 'min', 'sd_so tsun'],
  ['snow depth', 'cm', 'shk_tag sh_tag'],
  ['visibility', 'm', 'v_vv'],
  ['other', '', 'rskf vpm qn wrtr rs_ind v_n_i rwsd_10 coco eor sunhours_flag'],
  ['temperature', '°C', 'mo_tt mo_tx mo_tn mx_tx mx_tn'],
  ['rain', 'mm', 'mo_rr mx_rs'],
  ['sunshine', 'h', 'mo_sd_s'],
  ['cloud', 'okta', 'mo_n'],
  ['wind gust', 'm/s', 'mx_fx'],
  // Météo-France; AEMET.
  ['temperature', '°C', 'tntxm tm tmed'],
  ['rain', 'mm', 'rr1 prec'],
  ['wind gust', 'm/s', 'fxy fxi fxi2 fxi3s racha'],
  ['wind speed', 'm/s', 'velmedia ffm'],
  ['wind direction', '°', 'dxy dxi'],
  ['pressure', 'hPa', 'pstat pmer'],
  ['sunshine', 'min', 'ins'],
  ['sunshine', 'h', 'sol'],
  ['relative humidity', '%', 'hrmedia'],
  ['other', '', 'glo tampli indicativo'],
  // GeoSphere Austria; rp5.ru; BMKG of Indonesia.
  ['temperature', '°C', 'tl tlmax tlmin tlmittel'],
  ['relative humidity', '%', 'rf rh_avg rhmittel'],
  ['solar radiation', 'W/m²', 'glow cglo'],
  ['sunshine', 's', 'so'],
  ['pressure', '', 'po'],
  // The Czech institute.
  ['temperature', '°C', 'tma tmi tpm'],
  ['rain', 'mm', 'sra'],
  ['sunshine', 'h', 'ssv'],
  ['rain', 'mm', 'rrr'],
  ['wind gust', 'm/s', 'ff10 ff3'],
  ['wind speed', 'm/s', 'ff_avg'],
  ['wind gust', 'm/s', 'ff_x'],
  ['wind direction', '°', 'ddd_x ddd_car'],
  // The interface of the KMA.
  ['relative humidity', '%', 'hm'],
  ['rain', 'mm', 'rn rn_day'],
  ['temperature', '°C', 'ta'],
  ['other', '', 'pv pt pr'],
  // Meteostat.
  ['wind speed', 'km/h', 'wspd'],
  ['wind gust', 'km/h', 'wpgt'],
  // Airports (Iowa Environmental Mesonet).
  ['temperature', '°F', 'tmpf feel'],
  ['dew point', '°F', 'dwpf'],
  ['temperature', '°C', 'tmpc'],
  ['wind speed', 'kn', 'sknt'],
  ['wind gust', 'kn', 'gust_kt'],
  ['rain', 'in', 'p01i'],
  ['pressure', '', 'alti'],
  ['visibility', 'mi', 'vsby'],
  ['visibility', 'km', 'vis'],
  // Model output statistics of the US National Weather Service; GRIB.
  ['temperature', '', 'tmp 2t'],
  ['dew point', '', 'dpt 2d'],
  // Weather Underground and Ambient's interface.
  ['temperature', '°F', 'temperaturef tempf tempinf feelslikef windchillf heatindexf'],
  ['temperature', '°C', 'temperaturec tempc tempinc'],
  ['dew point', '°F', 'dewpointf dewptf'],
  ['dew point', '°C', 'dewpointc dewptc'],
  ['pressure', 'inHg', 'pressurein baromin baromrelin baromabsin'],
  ['pressure', 'hPa', 'pressurehpa baromhpa baromrelhpa baromabshpa'],
  ['wind direction', '°', 'winddirection winddirectiondegrees winddir'],
  ['wind speed', 'mph', 'windspeedmph'],
  ['wind speed', 'km/h', 'windspeedkmh windspeedkph'],
  ['wind gust', 'mph', 'windspeedgustmph windgustmph maxdailygust'],
  ['wind gust', 'km/h', 'windspeedgustkmh windgustkmh windgustkph'],
  [
    'rain',
    'in',
    'hourlyprecipin dailyrainin rainin hourlyrainin eventrainin weeklyrainin monthlyrainin totalrainin yearlyrainin',
  ],
  ['rain', 'mm', 'hourlyprecipmm dailyrainmm rainmm hourlyrainmm'],
  ['rain rate', 'in/h', 'rainratein'],
  ['solar radiation', 'W/m²', 'solarradiationwatts/m^2 solarradiation'],
  // GHCN and the exports of NOAA; buoys (NDBC); NASA POWER.
  ['rain', '', 'prcp'],
  ['temperature', '', 'hmdx tobs tg tn tx atmp wtmp t2m t2m_max t2m_min tavg tmax tmin tmean'],
  ['dew point', '', 'dewp t2mdew adpt'],
  ['snow depth', '', 'snwd snow'],
  ['wind speed', '', 'awnd wspm'],
  ['wind gust', '', 'gst wsf2 wsf5 wsfg wsfi'],
  ['wind direction', '°', 'wdf2 wdf5 wdfg wdfi wdf10'],
  ['wind speed', 'kn', 'wdsp mxspd'],
  ['visibility', 'mi', 'visib'],
  ['snow depth', 'in', 'sndp'],
  ['pressure', '', 'stp'],
  ['pressure', 'kPa', 'ps'],
  ['other', '', 'evap wvht dpd apd ptdy tide wt01 wt02 wt03 af'],
];

const meanings: ReadonlyMap<string, Meaning> = new Map(
  KNOWN.flatMap(([quantity, unit, names]) =>
    names.split(' ').map((name): [string, Meaning] => [name, { quantity, unit }]),
  ),
);

/** MeteoSwiss: letters for what is measured, then its height or kind, then the period: 'tre200s0'. */
const METEOSWISS: readonly (readonly [pattern: RegExp, quantity: Quantity, unit: string])[] = [
  [/^t[rn]e\d{3}\w{2}$/, 'temperature', '°C'],
  [/^tde\d{3}\w{2}$/, 'dew point', '°C'],
  [/^ure\d{3}\w{2}$/, 'relative humidity', '%'],
  [/^p(resta|p0q[nf][eh]|p0qff)\w{2}$/, 'pressure', 'hPa'],
  [/^fkl\d{3}\w1$/, 'wind gust', 'm/s'],
  [/^fkl\d{3}\w{2}$/, 'wind speed', 'm/s'],
  [/^fu3\d{3}\w1$/, 'wind gust', 'km/h'],
  [/^fu3\d{3}\w{2}$/, 'wind speed', 'km/h'],
  [/^dkl\d{3}\w{2}$/, 'wind direction', '°'],
  [/^r[rk]e\d{3}\w{2}$/, 'rain', 'mm'],
  [/^sre\d{3}\w{2}$/, 'sunshine', 'min'],
  [/^gre\d{3}\w{2}$/, 'solar radiation', 'W/m²'],
  [/^hto\d{3}\w{2}$/, 'snow depth', 'cm'],
  [/^nto\d{3}\w{2}$/, 'cloud', '%'],
];

/** What a service's short name means; undefined for all others. */
export function knownName(label: string): Meaning | undefined {
  const name = label.trim().toLowerCase();
  const swiss = METEOSWISS.find(([pattern]) => pattern.test(name));
  return meanings.get(name) ?? (swiss && { quantity: swiss[1], unit: swiss[2] });
}
