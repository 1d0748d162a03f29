/** What is said of another part of the body is no finding of the chest: a collapsed vertebra, a mass of the breast, air under the skin. */

import type { Span } from './match';

/** Parts that hold masses, fluid and fractures of their own. */
export const BODY =
  'vertebra|vertebral|vertebral body|bony|osseous|bone|skeletal|rib|spine|spinal|thoracic spine|lumbar spine|cervical spine|compression|clavicle|clavicular|scapula|scapular|sternum|sternal|humerus|humeral|humeral head|shoulder|joint|shoulder joint|glenohumeral|acromioclavicular|knee|knee joint|hip|elbow|wrist|ankle|soft tissue|subcutaneous|subcutaneous tissue|cutaneous|skin|chest wall|breast|axilla|axillary|nipple|neck|thyroid|adrenal|kidney|renal|liver|hepatic|spleen|splenic|pancreas|pancreatic|gallbladder|bowel|colon|colonic|gastric|stomach|esophagus|esophageal|abdomen|abdominal|upper abdomen|intraabdominal|pericardial|pericardium|brain|cerebral|intracranial|muscle|muscular|disc|endplate|end plate|facet|extremity|upper extremity|lower extremity|leg|arm|pelvis|pelvic|sinus|laryngeal|facial|orbital|macular|scrotal|periorbital|inguinal|umbilical|ventral|incisional|femoral|femur|tibia|tibial|fibula|patella|foot|hand|finger|toe|calf|thigh|pedal|prostate|uterus|uterine|ovary|ovarian|bladder|parotid|salivary|scalp|skull|mandible|mandibular|maxilla|maxillary|dental|tooth|nasal|larynx|pharynx|pharyngeal|flank|groin|buttock|forearm|ulna|radius|iliac|sacrum|sacral|mesenteric|peritoneal|peritoneum|retroperitoneal|retroperitoneum|omental|biliary|duodenal|duodenum|small bowel|rectal|appendix|testicular|intimal|cortical|marrow|bone marrow|periosteal|dermal|supraclavicular|lumbar|cervical|paraspinal|epidural|arterial wall|aortic wall|face|hepatic lobe|gallstone|quadrant|upper quadrant|lower quadrant|subclavian vein|jugular vein';
const PARTS = new Set(BODY.split('|'));
/** "T8", "L1": a vertebra. */
const VERTEBRA = /^(?:t|th|l|c)$/;
const INSIDE = new Set(['of', 'in', 'within', 'involving', 'at']);

/** Things put in, taken out or moved that have a side of their own, said on either side of their name. */
export const SIDED =
  'pacemaker|pacer|pacemaker lead|icd|defibrillator|catheter|picc|picc line|central line|central venous catheter|line|tube|chest tube|tubing|pigtail|pigtail catheter|port|venous line|jugular line|jugular catheter|subclavian line|subclavian catheter|ij line|ij catheter|hickman|permcath|cannula|port a cath|portacath|mediport|device|hardware|clip|surgical clip|wire|lead|drain|stent|valve|prosthesis|arthroplasty|stimulator|chest drain|pleural drain|intercostal drain|replacement|hip replacement|knee replacement|screw|plate fixation|electrode|sternotomy|sternotomy wire|mastectomy|lumpectomy|lobectomy|pneumonectomy|thoracotomy|thoracentesis|thoracostomy|nephrectomy|surgery|resection|wedge resection|biopsy|radiation|radiotherapy|graft|flap|implant|dialysis catheter|nasogastric tube|endotracheal tube|feeding tube|shift|midline shift|mediastinal shift|tracheal shift|tracheal deviation|shifted|shifting|push|pushes|pushed|pushing|pull|pulled|pulling|deviation|deviated|deviate|deviating|displacing|displace|convex|displacement|displaced|rotation|rotated|scoliosis|fracture|dislocation|shoulder replacement|subcutaneous emphysema|subcutaneous air|soft tissue emphysema|soft tissue gas|soft tissue air|surgical emphysema';

const isPart = (span: Span | undefined): boolean => span !== undefined && PARTS.has(span.phrase);
const passes = ({ concept }: Span): boolean =>
  ['neutral', 'state', 'severity', 'side', 'level', 'unknown', 'number'].includes(concept.kind);

/** The sentence with the findings of other parts as things outside the vocabulary. */
export function withoutElsewhere(sentence: readonly Span[]): readonly Span[] {
  return sentence.map((span, at) =>
    span.concept.kind === 'finding' && isElsewhere(sentence, at)
      ? { ...span, concept: { kind: 'other', abnormal: true, sided: true } }
      : span,
  );
}

function isElsewhere(sentence: readonly Span[], at: number): boolean {
  let before = at - 1;
  while (
    before >= 0 &&
    ['neutral', 'state', 'severity'].includes(sentence[before]?.concept.kind ?? '') &&
    !isPart(sentence[before])
  )
    before -= 1;
  // "No bony abnormality", "soft tissue or bony mass"; not "rib fractures, effusion".
  if (isPart(sentence[before])) return true;
  // "Collapsed vertebra", "collapsed L1".
  const [next, second] = [sentence[at + 1], sentence[at + 2]];
  if (next?.phrase === 'vertebra' || next?.phrase === 'vertebral body') return true;
  if (VERTEBRA.test(next?.phrase ?? '') && second?.concept.kind === 'number') return true;
  const preposition = sentence[at + 1];
  if (preposition === undefined || !INSIDE.has(preposition.phrase)) return false;
  for (let after = at + 2; after < sentence.length; after += 1) {
    const span = sentence[after];
    if (span === undefined) return false;
    if (isPart(span) || (VERTEBRA.test(span.phrase) && sentence[after + 1]?.concept.kind === 'number')) return true;
    if (!passes(span) && span.phrase !== 'of') return false;
  }
  return false;
}
