//! Two guides for the bank about pilotage.

use std::sync::Arc;

use examdeck::content::guide::read_guide;
use examdeck::content::source::SourceFile;
use examdeck::engine::guide::Guide;

/// A guide with everything that a guide may have; one drawing is wider than the smallest screen.
pub const CHART: &str = "\
# On the chart

Ships go aground where the pilot trusts the chart and not the tide. The pilot reads both, **every time**.

## Spring and neap

Sun and moon pull along one line at new and full moon: that is a *spring tide*, and its range is the greatest. At the
quarter moons they pull at right angles, and the range is least.

| Moon | Tide | Range in this harbour, by the tables of 2022 |
|:-----|:----:|---:|
| new, full | spring | 12 m |
| quarters | neap | 5 m |

```text
        sun   moon  earth                     the water's bulge
         O     o    ( )    spring        <===(     )===>   12 m
         O          ( )    neap            <=(     )=>      5 m
               o
```

## Slack water

1. Find high water in the tables.
2. Add the *lag* of the place, `30 min` at the bridge:
   - an hour more after rain,
   - and less in frost.

> **Not so:** \"Slack falls together with high water.\" It comes later almost everywhere.

### At the bridge

The stream runs on for half an hour. Wait for it.

## Lights of the pier

The red sector marks danger. Keep to the white one.

---

## Remember

- Springs follow full and new moon by a day or two.
- A red light is a warning.
";

const BRIDGE: &str = "# On the bridge\n\nTwo ships, one fairway.\n\n## Who gives way\n\nThe one that can.\n";

/// A guide of this text.
pub fn guide(text: &str) -> Arc<Guide> {
    read_guide(0, &SourceFile::new("guide.md", text.into()), &mut Vec::new()).guide
}

/// The guide of module `m1`, with four sections.
pub fn chart() -> Option<Arc<Guide>> {
    Some(guide(CHART))
}

/// The guide of module `m2`, which is short.
pub fn bridge() -> Option<Arc<Guide>> {
    Some(guide(BRIDGE))
}
