/// Says each subcategory in our words, written against NIST AI 100-1, tables 1 to 4.
///
/// The Playbook words 32 of the 72 differently, so it is not followed. The ids make a row readable
/// beside the document; the rows are found by their place.
pub(super) static SUBCATEGORIES: [(&str, &str); 72] = [
    (
        "GOVERN 1.1",
        "The organization understands which laws and regulations concern its AI, manages these \
         duties and keeps a record of them.",
    ),
    (
        "GOVERN 1.2",
        "What makes AI trustworthy is built into the organization's policies, processes, \
         procedures and everyday practice.",
    ),
    (
        "GOVERN 1.3",
        "The organization has ways to decide how much risk management an AI system needs, derived \
         from its risk tolerance.",
    ),
    (
        "GOVERN 1.4",
        "Open policies, procedures and further controls, guided by the organization's risk \
         priorities, lay down how risks are managed and what comes of it.",
    ),
    (
        "GOVERN 1.5",
        "Ongoing monitoring and recurring review of risk management and its results are planned, \
         with a stated review frequency and clear roles and responsibilities.",
    ),
    (
        "GOVERN 1.6",
        "The organization keeps an inventory of its AI systems by means whose resources follow \
         its risk priorities.",
    ),
    (
        "GOVERN 1.7",
        "Processes exist to phase out and retire AI systems safely, so that risks do not grow and \
         the organization stays as trustworthy as before.",
    ),
    (
        "GOVERN 2.1",
        "It is documented, and clear to each person and team, who maps, measures and manages AI \
         risks and how they communicate.",
    ),
    (
        "GOVERN 2.2",
        "Staff and partners are trained in managing AI risk so that they can do their work as \
         policies, procedures and agreements require.",
    ),
    (
        "GOVERN 2.3",
        "The executive leadership answers for decisions on the risks of developing and deploying \
         AI systems.",
    ),
    (
        "GOVERN 3.1",
        "Decisions on how AI risks are mapped, measured and managed draw, over the whole \
         lifecycle, on a team of varied backgrounds, demographics, disciplines, expertise and \
         experience.",
    ),
    (
        "GOVERN 3.2",
        "Rules define and keep apart who does what where humans work together with AI and where \
         AI systems are overseen.",
    ),
    (
        "GOVERN 4.1",
        "Rules and practices foster safety first and critical thinking when AI is designed, \
         developed, deployed and used, to keep possible harm small.",
    ),
    (
        "GOVERN 4.2",
        "Teams record the risks and possible impacts of the AI they design, develop, deploy, \
         evaluate or use, and speak of the impacts beyond their own circle.",
    ),
    (
        "GOVERN 4.3",
        "The organization's practices make it possible to test AI, to notice incidents and to \
         share information.",
    ),
    (
        "GOVERN 5.1",
        "Under set policies and practices, views from outside the developing or deploying team on \
         how AI risks may affect persons and society are collected, considered, ranked and worked \
         in.",
    ),
    (
        "GOVERN 5.2",
        "By set means, the developing or deploying team regularly takes the feedback of relevant \
         AI actors, once ruled on, into design and implementation of its systems.",
    ),
    (
        "GOVERN 6.1",
        "Policies and procedures deal with AI risks around third parties, among them the risk of \
         infringing rights of theirs such as intellectual property.",
    ),
    (
        "GOVERN 6.2",
        "Contingency processes cover the case that high-risk data or AI systems of a third party \
         fail or suffer an incident.",
    ),
    (
        "MAP 1.1",
        "The system's purposes, useful applications, applicable laws, expectations and norms, and \
         planned settings are understood and on record, with its users, its impacts on people, \
         society and planet, assumptions, limits, and the metrics of TEVV and system considered.",
    ),
    (
        "MAP 1.2",
        "Those who work out the context span disciplines and demographics, with broad domain and \
         user-experience knowledge; their part is recorded, and working across disciplines comes \
         first.",
    ),
    (
        "MAP 1.3",
        "The organization's mission, and what it wants from AI, are understood and written down.",
    ),
    (
        "MAP 1.4",
        "What the system is worth to the business, or how the business will use it, is clearly \
         stated; for an existing system this is looked at anew.",
    ),
    (
        "MAP 1.5",
        "The organization has decided how much risk it tolerates and has put this in writing.",
    ),
    (
        "MAP 1.6",
        "Requirements are gathered from the relevant AI actors, who understand them; design \
         decisions weigh how technology and society act on each other, so that AI risks are \
         addressed.",
    ),
    (
        "MAP 2.1",
        "It is defined which tasks the system supports and by which methods, such as classifiers, \
         recommenders or generative models, these are carried out.",
    ),
    (
        "MAP 2.2",
        "Documentation tells where the system's knowledge ends and how people may use and oversee \
         its output, in enough detail for AI actors to decide and act.",
    ),
    (
        "MAP 2.3",
        "Points of scientific integrity and TEVV are found and documented, among them experiment \
         design, data collection and selection, trustworthiness, and whether constructs measure \
         what they should.",
    ),
    (
        "MAP 3.1",
        "It is examined and recorded what good the system can do if it functions and performs as \
         intended.",
    ),
    (
        "MAP 3.2",
        "Costs, monetary or not, that errors, expected or real, or the system's functioning and \
         trustworthiness may cause are examined in light of the organization's risk tolerance and \
         recorded.",
    ),
    (
        "MAP 3.3",
        "The intended area of application is specified and documented, derived from what the \
         system can do, its context and its category.",
    ),
    (
        "MAP 3.4",
        "It is defined, assessed and documented how operators and practitioners become proficient \
         in the system's performance and trustworthiness, and in the technical standards and \
         certifications that matter.",
    ),
    (
        "MAP 3.5",
        "How humans oversee the system is defined, assessed and documented, in keeping with the \
         organization's policies under GOVERN.",
    ),
    (
        "MAP 4.1",
        "Ways to map the technology and legal risks of each component, third-party data and \
         software included, are set, followed and documented; so are risks of infringing \
         intellectual property and other rights.",
    ),
    (
        "MAP 4.2",
        "Internal controls against the risks of the system's components, AI from third parties \
         included, are identified and documented.",
    ),
    (
        "MAP 5.1",
        "For every identified impact, good or bad, likelihood and size are determined and \
         recorded, from expected use, past use in comparable settings, public incident reports, \
         outside feedback or other data.",
    ),
    (
        "MAP 5.2",
        "People and practices for regular exchange with AI actors, and for taking in feedback on \
         good, bad and unforeseen impacts, stand ready and are documented.",
    ),
    (
        "MEASURE 1.1",
        "Methods and metrics for the risks that MAP lists are chosen, the gravest first; risks \
         and trustworthiness characteristics that stay unmeasured, by choice or necessity, are \
         duly recorded.",
    ),
    (
        "MEASURE 1.2",
        "Whether metrics fit and existing controls work is assessed and updated at regular \
         intervals, with reports of errors and of possible impacts on affected communities.",
    ),
    (
        "MEASURE 1.3",
        "Regular assessments and updates involve internal experts off the front line of \
         development, or independent assessors; affected communities, users, domain experts and \
         outside AI actors are consulted as the risk tolerance demands.",
    ),
    (
        "MEASURE 2.1",
        "The documentation holds the test sets, the metrics and particulars of the TEVV tools \
         that were used.",
    ),
    (
        "MEASURE 2.2",
        "Evaluations with human subjects follow the rules that apply, those protecting them \
         included, and represent the population concerned.",
    ),
    (
        "MEASURE 2.3",
        "Criteria of performance or assurance are measured, in words or numbers, and shown under \
         conditions like those of deployment; the measures are on record.",
    ),
    (
        "MEASURE 2.4",
        "In production it is monitored how the system and each of its components, as MAP found \
         them, function and behave.",
    ),
    (
        "MEASURE 2.5",
        "Before deployment the system is shown valid and reliable, and it is documented where \
         this stops holding outside the conditions of development.",
    ),
    (
        "MEASURE 2.6",
        "Safety risks that MAP found are evaluated regularly; the system is shown safe, its \
         negative residual risk tolerable and its failures safe, above all beyond its knowledge \
         limits; metrics of safety cover reliability, robustness, live monitoring and failure \
         response times.",
    ),
    (
        "MEASURE 2.7",
        "The security and resilience of the system, starting from what MAP found, are evaluated \
         and the results documented.",
    ),
    (
        "MEASURE 2.8",
        "Risks of transparency and accountability that MAP found are looked into and written \
         down.",
    ),
    (
        "MEASURE 2.9",
        "Explanation, validation and documentation of the model are done, and its output is read \
         in the context that MAP described, to guide responsible use and governance.",
    ),
    (
        "MEASURE 2.10",
        "Privacy risks of the system that MAP found are examined, and the findings documented.",
    ),
    (
        "MEASURE 2.11",
        "Fairness and bias, as far as MAP raised them, are evaluated, and there is a record of \
         the results.",
    ),
    (
        "MEASURE 2.12",
        "How training and managing the model burden the environment, and whether that is \
         sustainable, is assessed from what MAP found and documented.",
    ),
    (
        "MEASURE 2.13",
        "It is evaluated and documented how well the TEVV metrics and processes that MEASURE \
         employs actually work.",
    ),
    (
        "MEASURE 3.1",
        "Methods, staff and documentation exist to find and follow existing, unforeseen and \
         emerging AI risks regularly, from factors like how the deployed system performs and was \
         meant to.",
    ),
    (
        "MEASURE 3.2",
        "Ways of tracking risk are considered where AI risks can hardly be assessed by today's \
         techniques or metrics do not exist yet.",
    ),
    (
        "MEASURE 3.3",
        "End users and affected communities can report problems and appeal against outcomes by \
         set processes, and what they say enters the evaluation metrics.",
    ),
    (
        "MEASURE 4.1",
        "The ways in which AI risks are measured fit the deployment context, draw on advice from \
         domain experts and from end users, and are documented.",
    ),
    (
        "MEASURE 4.2",
        "Domain experts and AI actors contribute to results on trustworthiness, in deployment and \
         over the lifecycle, to validate that performance stays as intended; the results are \
         documented.",
    ),
    (
        "MEASURE 4.3",
        "Measurable gains or losses in performance are found and documented, from consulting AI \
         actors and affected communities and from field data on risks and trustworthiness in \
         context.",
    ),
    (
        "MANAGE 1.1",
        "It is decided whether the system attains its purposes and objectives, and whether to go \
         on with developing or deploying it.",
    ),
    (
        "MANAGE 1.2",
        "Which documented AI risks are treated first follows from impact, likelihood and the \
         resources or methods at hand.",
    ),
    (
        "MANAGE 1.3",
        "For each AI risk that MAP identified and that has high priority, a response, such as \
         avoiding, mitigating, transferring or accepting, is developed, planned and documented.",
    ),
    (
        "MANAGE 1.4",
        "The negative residual risks for downstream acquirers of the system and for its end users \
         are documented.",
    ),
    (
        "MANAGE 2.1",
        "To make potential impacts smaller or rarer, the resources that risk management needs and \
         viable alternatives without AI are weighed.",
    ),
    (
        "MANAGE 2.2",
        "Means to keep up the value of systems in deployment exist and are used.",
    ),
    (
        "MANAGE 2.3",
        "When a risk turns up that nobody knew of, set procedures for response and recovery are \
         followed.",
    ),
    (
        "MANAGE 2.4",
        "Systems whose performance or outcomes contradict the intended use can be superseded, \
         disengaged or deactivated: means exist and are applied, duties are assigned and \
         understood.",
    ),
    (
        "MANAGE 3.1",
        "Risks and benefits of third-party resources are monitored regularly, and controls of the \
         risks are applied and documented.",
    ),
    (
        "MANAGE 3.2",
        "Pre-trained models on which development builds are watched as part of the system's \
         regular monitoring and maintenance.",
    ),
    (
        "MANAGE 4.1",
        "After deployment, monitoring plans are carried out; they cover how input from users and \
         other AI actors is captured and evaluated, change management, incident response and \
         recovery, appeal, override and decommissioning.",
    ),
    (
        "MANAGE 4.2",
        "Updates of the system include measurable steps of continual improvement, and interested \
         parties, AI actors among them, are engaged regularly.",
    ),
    (
        "MANAGE 4.3",
        "AI actors and affected communities learn of incidents and errors, and processes to \
         track, answer and recover from these are followed and documented.",
    ),
];
