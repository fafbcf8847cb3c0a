use modelward_artifact::Text;
use serde::{Deserialize, Serialize};

use crate::detection::trials::float;
use crate::{
    Comparator, DriftError, DriftMeasure, DriftMetric, Finite, LogBase, Threshold, ZeroHandling,
};

/// Names a threshold that tools or a trade use by default, with where it is from.
///
/// ```
/// use modelward_incident::{DriftPreset, DriftVerdict, Finite};
///
/// let preset = DriftPreset::find("industry.psi").expect("a preset");
/// assert_eq!(preset.threshold().verdict(Finite::new(0.31)?), DriftVerdict::Drifted);
/// assert!(DriftPreset::find("industry.luck").is_none());
/// # Ok::<(), modelward_incident::NumberError>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct DriftPreset {
    name: &'static str,
    origin: &'static str,
    version: &'static str,
    measure: DriftMeasure,
    threshold: Threshold,
    /// Whether the origin fixes zero handling and base too.
    fixed: Terms,
}

impl DriftPreset {
    /// Lists the presets: `evidently.*`, `industry.*`, `nannyml.*`, `whylogs.*`.
    #[must_use]
    pub const fn all() -> &'static [Self] {
        ALL
    }

    /// Returns a preset by its name.
    #[must_use]
    pub fn find(name: &str) -> Option<&'static Self> {
        ALL.iter().find(|preset| preset.name == name)
    }

    /// Returns the name, such as `evidently.psi`.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Returns where it is from.
    #[must_use]
    pub const fn origin(&self) -> &'static str {
        self.origin
    }

    /// Returns the version of where it is from.
    #[must_use]
    pub const fn version(&self) -> &'static str {
        self.version
    }

    /// Returns the measure. Its zero handling and base are a proposal where the origin has none.
    #[must_use]
    pub const fn measure(&self) -> DriftMeasure {
        self.measure
    }

    /// Returns the threshold.
    #[must_use]
    pub const fn threshold(&self) -> Threshold {
        self.threshold
    }

    /// Returns what evidence says of it.
    #[must_use]
    pub fn origin_of(&self) -> PresetOrigin {
        PresetOrigin {
            name: text(self.name),
            origin: text(self.origin),
            version: text(self.version),
        }
    }

    fn has_terms(&self, measure: DriftMeasure, threshold: Threshold) -> bool {
        let measured = match self.fixed {
            Terms::Measure => measure == self.measure,
            Terms::Metric => measure.metric() == self.measure.metric(),
        };
        measured && threshold == self.threshold
    }
}

/// Says what of a preset its origin fixes beside the threshold.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Terms {
    Measure,
    Metric,
}

/// Says after which preset evidence was judged: its name, where it is from, and of which version.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct PresetOrigin {
    name: Text,
    origin: Text,
    version: Text,
}

impl PresetOrigin {
    /// Names a preset of the organization's own, or of a tool that this crate does not know.
    ///
    /// # Errors
    ///
    /// [`DriftError::Text`] where a part is no [`Text`].
    pub fn new(name: &str, origin: &str, version: &str) -> Result<Self, DriftError> {
        let text = |text: &str| text.parse().map_err(|source| DriftError::Text { source });
        Ok(Self {
            name: text(name)?,
            origin: text(origin)?,
            version: text(version)?,
        })
    }

    /// Returns the name.
    #[must_use]
    pub const fn name(&self) -> &Text {
        &self.name
    }

    /// Returns where it is from.
    #[must_use]
    pub const fn origin(&self) -> &Text {
        &self.origin
    }

    /// Returns the version of where it is from.
    #[must_use]
    pub const fn version(&self) -> &Text {
        &self.version
    }

    /// Refuses terms that a preset of this crate does not have, in the version that it knows.
    pub(crate) fn check(
        &self,
        measure: DriftMeasure,
        threshold: Threshold,
    ) -> Result<(), DriftError> {
        let name = self.name.as_str();
        match DriftPreset::find(name) {
            Some(known)
                if known.version == self.version.as_str()
                    && !known.has_terms(measure, threshold) =>
            {
                let name = name.to_owned();
                Err(DriftError::Preset { name })
            }
            _ => Ok(()),
        }
    }
}

impl Threshold {
    /// Sets the default threshold of `NannyML`: what is above the mean of the values of the reference
    /// chunks by more than three standard deviations (divided by their number).
    ///
    /// `NannyML` caps it where the metric has a greatest value; this does not, which makes no
    /// difference to the verdict.
    ///
    /// ```
    /// use modelward_incident::{Finite, Threshold};
    ///
    /// let chunks = [0.01, 0.03].map(|value| Finite::new(value).expect("a number"));
    /// let threshold = Threshold::three_deviations(&chunks)?;
    /// assert!((threshold.act().get() - 0.05).abs() < 1e-12);
    /// assert!(Threshold::three_deviations(&[]).is_err());
    /// # Ok::<(), modelward_incident::DriftError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`DriftError::Empty`] without a value, [`DriftError::Sum`] where the values are too large.
    pub fn three_deviations(reference: &[Finite]) -> Result<Self, DriftError> {
        if reference.is_empty() {
            return Err(DriftError::Empty);
        }
        let n = float(u64::try_from(reference.len()).map_err(|_| DriftError::Sum)?);
        let mean = reference.iter().map(|value| value.get()).sum::<f64>() / n;
        let squares = reference.iter().map(|value| (value.get() - mean).powi(2));
        let act = mean + 3.0 * (squares.sum::<f64>() / n).sqrt();
        let act = Finite::new(act).map_err(|_| DriftError::Sum)?;
        Ok(Self::new(Comparator::Above, act))
    }
}

const EVIDENTLY: (&str, &str) = ("evidently", "0.7.23");
const INDUSTRY: (&str, &str) = ("credit scoring practice", "1");
const NANNYML: (&str, &str) = ("NannyML", "0.13.1");
const WHYLOGS: (&str, &str) = ("whylogs", "1.6.4");

const ALL: &[DriftPreset] = &[
    preset(
        "evidently.psi",
        EVIDENTLY,
        DriftMeasure::known(
            DriftMetric::Psi,
            Some(LogBase::E),
            ZeroHandling::evidently(),
        ),
        Threshold::known(Comparator::AtLeast, 0.1, None),
    ),
    preset(
        "evidently.jensen-shannon",
        EVIDENTLY,
        DriftMeasure::known(
            DriftMetric::JensenShannonDistance,
            Some(LogBase::E),
            ZeroHandling::None,
        ),
        Threshold::known(Comparator::AtLeast, 0.1, None),
    ),
    preset(
        "evidently.wasserstein",
        EVIDENTLY,
        plain(DriftMetric::WassersteinNormed),
        Threshold::known(Comparator::AtLeast, 0.1, None),
    ),
    preset(
        "evidently.ks",
        EVIDENTLY,
        plain(DriftMetric::KolmogorovSmirnovP),
        Threshold::known(Comparator::AtMost, 0.05, None),
    ),
    preset(
        "evidently.chisquare",
        EVIDENTLY,
        plain(DriftMetric::ChiSquareFitP),
        Threshold::known(Comparator::Below, 0.05, None),
    ),
    preset(
        "evidently.hellinger",
        EVIDENTLY,
        plain(DriftMetric::Hellinger),
        Threshold::known(Comparator::AtLeast, 0.1, None),
    ),
    DriftPreset {
        fixed: Terms::Metric,
        ..preset(
            "industry.psi",
            INDUSTRY,
            DriftMeasure::known(
                DriftMetric::Psi,
                Some(LogBase::E),
                ZeroHandling::evidently(),
            ),
            Threshold::known(Comparator::AtLeast, 0.25, Some(0.1)),
        )
    },
    preset(
        "nannyml.ks",
        NANNYML,
        plain(DriftMetric::KolmogorovSmirnovP),
        Threshold::known(Comparator::Below, 0.05, None),
    ),
    preset(
        "nannyml.chi2",
        NANNYML,
        plain(DriftMetric::ChiSquareTableP),
        Threshold::known(Comparator::Below, 0.05, None),
    ),
    preset(
        "whylogs.ks",
        WHYLOGS,
        plain(DriftMetric::KolmogorovSmirnovP),
        Threshold::known(Comparator::Below, 0.05, Some(0.15)),
    ),
    preset(
        "whylogs.chi2",
        WHYLOGS,
        plain(DriftMetric::ChiSquareFitP),
        Threshold::known(Comparator::Below, 0.05, Some(0.15)),
    ),
    preset(
        "whylogs.hellinger",
        WHYLOGS,
        plain(DriftMetric::Hellinger),
        Threshold::known(Comparator::AtLeast, 0.4, Some(0.15)),
    ),
];

fn text(text: &str) -> Text {
    text.parse()
        .expect("each text of a preset has a letter or a digit")
}

const fn plain(metric: DriftMetric) -> DriftMeasure {
    DriftMeasure::known(metric, None, ZeroHandling::None)
}

const fn preset(
    name: &'static str,
    (origin, version): (&'static str, &'static str),
    measure: DriftMeasure,
    threshold: Threshold,
) -> DriftPreset {
    DriftPreset {
        name,
        origin,
        version,
        measure,
        threshold,
        fixed: Terms::Measure,
    }
}
