use std::fmt;

/// Names a taxonomy of the database whose lists of values are known here.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum AiidTaxonomy {
    /// CSET, version 1: what was harmed, where and how.
    CsetV1,
    /// MIT: which risk, brought about by whom.
    Mit,
}

impl AiidTaxonomy {
    /// Returns the namespace of classifications.
    #[must_use]
    pub const fn namespace(self) -> &'static str {
        match self {
            Self::CsetV1 => "CSETv1",
            Self::Mit => "MIT",
        }
    }

    /// Finds the taxonomy of a namespace; what each annotator of CSET says is in one of its own.
    pub(super) fn of(namespace: &str) -> Option<Self> {
        match namespace {
            "MIT" => Some(Self::Mit),
            "CSETv1" => Some(Self::CsetV1),
            _ => namespace
                .starts_with("CSETv1_Annotator-")
                .then_some(Self::CsetV1),
        }
    }
}

impl fmt::Display for AiidTaxonomy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.namespace())
    }
}

/// Names a field of a taxonomy whose list of values is closed.
///
/// ```
/// use modelward_incident::format::aiid::AiidField;
///
/// assert_eq!(AiidField::AutonomyLevel.number(), Some("9.5"));
/// assert_eq!(AiidField::RiskSubdomain.values().len(), 23);
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum AiidField {
    /// CSET 3.1: whether tangible harm occurred.
    TangibleHarm,
    /// CSET 3.5: whether an AI system brought the harm about.
    AiHarmLevel,
    /// CSET 6.10: the part of the world.
    LocationRegion,
    /// CSET 6.11: the critical infrastructure.
    InfrastructureSectors,
    /// CSET 9.3: the industry.
    SectorOfDeployment,
    /// CSET 9.5: how far the system acts by itself.
    AutonomyLevel,
    /// CSET 10.1: whether the system was made to do harm.
    IntentionalHarm,
    /// MIT: the risk, one of seven.
    RiskDomain,
    /// MIT: the risk in detail, one of 23.
    RiskSubdomain,
    /// MIT: who brought the risk about.
    Entity,
    /// MIT: before or after deployment.
    Timing,
    /// MIT: whether it was wanted.
    Intent,
}

impl AiidField {
    /// Lists all fields in the order of their taxonomies.
    pub const ALL: [Self; 12] = [
        Self::TangibleHarm,
        Self::AiHarmLevel,
        Self::LocationRegion,
        Self::InfrastructureSectors,
        Self::SectorOfDeployment,
        Self::AutonomyLevel,
        Self::IntentionalHarm,
        Self::RiskDomain,
        Self::RiskSubdomain,
        Self::Entity,
        Self::Timing,
        Self::Intent,
    ];

    /// Returns the taxonomy.
    #[must_use]
    pub const fn taxonomy(self) -> AiidTaxonomy {
        match self {
            Self::TangibleHarm
            | Self::AiHarmLevel
            | Self::LocationRegion
            | Self::InfrastructureSectors
            | Self::SectorOfDeployment
            | Self::AutonomyLevel
            | Self::IntentionalHarm => AiidTaxonomy::CsetV1,
            Self::RiskDomain | Self::RiskSubdomain | Self::Entity | Self::Timing | Self::Intent => {
                AiidTaxonomy::Mit
            }
        }
    }

    /// Returns the name that the database has for it.
    #[must_use]
    pub const fn short_name(self) -> &'static str {
        match self {
            Self::TangibleHarm => "Tangible Harm",
            Self::AiHarmLevel => "AI Harm Level",
            Self::LocationRegion => "Location Region",
            Self::InfrastructureSectors => "Infrastructure Sectors",
            Self::SectorOfDeployment => "Sector of Deployment",
            Self::AutonomyLevel => "Autonomy Level",
            Self::IntentionalHarm => "Intentional Harm",
            Self::RiskDomain => "Risk Domain",
            Self::RiskSubdomain => "Risk Subdomain",
            Self::Entity => "Entity",
            Self::Timing => "Timing",
            Self::Intent => "Intent",
        }
    }

    /// Returns the number within the taxonomy; MIT has none.
    #[must_use]
    pub const fn number(self) -> Option<&'static str> {
        let number = match self {
            Self::TangibleHarm => "3.1",
            Self::AiHarmLevel => "3.5",
            Self::LocationRegion => "6.10",
            Self::InfrastructureSectors => "6.11",
            Self::SectorOfDeployment => "9.3",
            Self::AutonomyLevel => "9.5",
            Self::IntentionalHarm => "10.1",
            Self::RiskDomain | Self::RiskSubdomain | Self::Entity | Self::Timing | Self::Intent => {
                return None;
            }
        };
        Some(number)
    }

    /// Tells whether an answer may have several values.
    #[must_use]
    pub const fn is_multiple(self) -> bool {
        matches!(self, Self::InfrastructureSectors | Self::SectorOfDeployment)
    }

    /// Returns the values, as the database writes them.
    #[must_use]
    pub const fn values(self) -> &'static [&'static str] {
        match self {
            Self::TangibleHarm => &TANGIBLE_HARM,
            Self::AiHarmLevel => &AI_HARM_LEVEL,
            Self::LocationRegion => &LOCATION_REGION,
            Self::InfrastructureSectors => &INFRASTRUCTURE_SECTORS,
            Self::SectorOfDeployment => &SECTOR_OF_DEPLOYMENT,
            Self::AutonomyLevel => &AUTONOMY_LEVEL,
            Self::IntentionalHarm => &INTENTIONAL_HARM,
            Self::RiskDomain => &RISK_DOMAIN,
            Self::RiskSubdomain => &RISK_SUBDOMAIN,
            Self::Entity => &ENTITY,
            Self::Timing => &TIMING,
            Self::Intent => &INTENT,
        }
    }

    /// Finds the value that a text names; blanks at its end do not count.
    pub(super) fn value(self, text: &str) -> Option<&'static str> {
        let found = self.values().iter();
        found
            .copied()
            .find(|value| value.trim_end() == text.trim_end())
    }

    pub(super) fn of(taxonomy: AiidTaxonomy, short_name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|field| field.taxonomy() == taxonomy && field.short_name() == short_name)
    }
}

const TANGIBLE_HARM: [&str; 5] = [
    "tangible harm definitively occurred",
    "imminent risk of tangible harm (near miss) did occur",
    "non-imminent risk of tangible harm (an issue) occurred",
    "no tangible harm, near-miss, or issue",
    "unclear",
];

const AI_HARM_LEVEL: [&str; 5] = [
    "AI tangible harm event",
    "AI tangible harm near-miss",
    "AI tangible harm issue",
    "none",
    "unclear",
];

const LOCATION_REGION: [&str; 10] = [
    "Global",
    "Africa",
    "Asia",
    "Caribbean",
    "Central America",
    "Europe",
    "North America",
    "Oceania",
    "South America",
    "unclear",
];

const INFRASTRUCTURE_SECTORS: [&str; 18] = [
    "chemical",
    "commercial facilities",
    "communications",
    "critical manufacturing",
    "dams",
    "defense-industrial base",
    "emergency services",
    "energy",
    "financial services",
    "food and agriculture",
    "government facilities",
    "healthcare and public health",
    "information technology",
    "nuclear  ",
    "transportation",
    "water and wastewater",
    "Other",
    "unclear",
];

const SECTOR_OF_DEPLOYMENT: [&str; 25] = [
    "agriculture, forestry and fishing",
    "mining and quarrying",
    "manufacturing",
    "electricity, gas, steam and air conditioning supply",
    "water supply",
    "construction",
    "wholesale and retail trade",
    "transportation and storage",
    "accommodation and food service activities",
    "information and communication",
    "financial and insurance activities",
    "real estate activities",
    "professional, scientific and technical activities",
    "administrative and support service activities",
    "public administration",
    "defense",
    "law enforcement",
    "Education",
    "human health and social work activities",
    "Arts, entertainment and recreation",
    "other service activities",
    "activities of households ",
    "activities of extraterritorial organizations and bodies",
    "other",
    "unclear",
];

const AUTONOMY_LEVEL: [&str; 4] = ["Autonomy1", "Autonomy2", "Autonomy3", "unclear"];

const INTENTIONAL_HARM: [&str; 4] = [
    "Yes. Intentionally designed to perform harm and did create intended harm",
    "Yes. Intentionally designed to perform harm but created an unintended harm (a different harm may have occurred)",
    "No. Not intentionally designed to perform harm",
    "unclear",
];

const RISK_DOMAIN: [&str; 7] = [
    "1. Discrimination and Toxicity",
    "2. Privacy & Security",
    "3. Misinformation",
    "4. Malicious Actors & Misuse",
    "5. Human-Computer Interaction",
    "6. Socioeconomic & Environmental Harms",
    "7. AI system safety, failures, and limitations",
];

const RISK_SUBDOMAIN: [&str; 23] = [
    "1.1. Unfair discrimination and misrepresentation",
    "1.2. Exposure to toxic content",
    "1.3. Unequal performance across groups",
    "2.1. Compromise of privacy by obtaining, leaking or correctly inferring sensitive information",
    "2.2. AI system security vulnerabilities and attacks",
    "3.1. False or misleading information",
    "3.2. Pollution of information ecosystem and loss of consensus reality",
    "4.1. Disinformation, surveillance, and influence at scale",
    "4.2. Cyberattacks, weapon development or use, and mass harm",
    "4.3. Fraud, scams, and targeted manipulation",
    "5.1. Overreliance and unsafe use",
    "5.2. Loss of human agency and autonomy",
    "6.1. Power centralization and unfair distribution of benefits",
    "6.2. Increased inequality and decline in employment quality",
    "6.3. Economic and cultural devaluation of human effort",
    "6.4. Competitive dynamics",
    "6.5. Governance failure",
    "6.6. Environmental harm",
    "7.1. AI pursuing its own goals in conflict with human goals or values",
    "7.2. AI possessing dangerous capabilities",
    "7.3. Lack of capability or robustness",
    "7.4. Lack of transparency or interpretability",
    "7.5. AI welfare and rights",
];

const ENTITY: [&str; 3] = ["Human", "AI", "Other"];

const TIMING: [&str; 3] = ["Pre-deployment", "Post-deployment", "Other"];

const INTENT: [&str; 3] = ["Intentional", "Unintentional", "Other"];
