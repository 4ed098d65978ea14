import { cos } from '#src/recurrent/math.ts';

import { normal, type Random } from './random.ts';

/** A station's weather, hour by hour from midnight, in °C. Made up: no such place was measured. */
export interface Weather {
  degrees: Float64Array<ArrayBuffer>;
  /** What was to be expected of each hour by who knows the rule and all that was before it: no forecast can be better. */
  expected: Float64Array<ArrayBuffer>;
}

const MEAN = 12;
/** Half of what a cloudless day adds, from night to afternoon. */
const SUN = 8;
const WARMEST_HOUR = 15;
/** The share of the sun that clouds let through, drawn anew each midnight. */
const CLEAR: [number, number] = [0.15, 1];
/** The air that has come in keeps this much of its warmth, or cold, from hour to hour, and changes by chance so much. */
const KEPT = 1 - 1 / 60;
const CHANGE = 0.3;
/** A cold front comes once in so many hours. It takes some degrees, and of what is left of them a quarter each hour. */
const HOURS_PER_FRONT = 72;
const FRONT: [number, number] = [2, 8];
const SHARE_PER_HOUR = 0.25;
/** What the air gains each hour, so that fronts do not make it colder year by year. */
const GAIN = (FRONT[0] + FRONT[1]) / 2 / HOURS_PER_FRONT;
/** The error of the thermometer. */
const ERROR = 0.2;

/** From -1 in the small hours to 1 in the afternoon, steeper on the way up. */
function dayWave(hour: number): number {
  const angle = (2 * Math.PI * (hour - WARMEST_HOUR)) / 24;
  return (cos(angle) + 0.25 * cos(2 * angle - 0.6)) / 1.2;
}

/** A day's wave, clouds, air that comes and goes, cold fronts and an imperfect thermometer. */
export function hourlyTemperatures(random: Random, hours: number): Weather {
  const weather = { degrees: new Float64Array(hours), expected: new Float64Array(hours) };
  let [sky, clear] = [0.6, 0.6];
  let [air, front] = [3 * normal(random), 0];
  for (let hour = 0; hour < hours; hour++) {
    const wave = SUN * dayWave(hour % 24);
    const midnight = hour % 24 === 0;
    const likely = midnight ? (CLEAR[0] + CLEAR[1]) / 2 : clear;
    const likelyFront = front + (FRONT[0] + FRONT[1]) / 2 / HOURS_PER_FRONT;
    weather.expected[hour] =
      MEAN + (sky + 0.1 * (likely - sky)) * wave + KEPT * air + GAIN - SHARE_PER_HOUR * likelyFront;

    if (midnight) clear = random.uniform(...CLEAR);
    sky += 0.1 * (clear - sky);
    if (random.uniform(0, HOURS_PER_FRONT) < 1) front += random.uniform(...FRONT);
    air = KEPT * air + GAIN - SHARE_PER_HOUR * front + CHANGE * normal(random);
    front *= 1 - SHARE_PER_HOUR;
    weather.degrees[hour] = MEAN + sky * wave + air + ERROR * normal(random);
  }
  return weather;
}
