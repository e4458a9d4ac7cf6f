"""English prose for the test site: eight topics and the sentences that hold for each of them."""

# Per topic: category; things (plural); thing (with article); tool (with article); doing (gerund); do (infinitive);
# problem; benefit; place where it happens.
TOPICS = {
    "garden": dict(
        category="Garden",
        things=["broad beans", "raised beds", "espaliered pears", "autumn raspberries", "winter leeks", "salad seedlings", "old roses"],
        thing=["a raised bed", "a row of beans", "a young pear tree", "the compost heap", "a cold frame", "the lower border"],
        tool=["a hand fork", "a good hoe", "a rain gauge", "a soil thermometer", "a border spade"],
        doing=["pruning", "mulching", "sowing under glass", "saving seed", "turning compost", "planting in the salt wind"],
        do=["prune an old apple tree", "mulch a dry border", "start beans under glass", "save seed from tomatoes", "plant a hedge by the sea"],
        problem=["late frost", "slug damage", "a waterlogged corner", "leaf curl", "salt burn", "poor germination"],
        benefit=["a longer harvest", "looser soil", "fewer weeds in June", "stronger roots", "a border that looks after itself"],
        place=["the walled garden", "the allotment", "the north terrace", "the nursery", "the old orchard"]),
    "bread": dict(
        category="Baking",
        things=["rye loaves", "sourdough starters", "oven stones", "flatbreads", "enriched doughs", "wholemeal rolls", "slow ferments"],
        thing=["a rye loaf", "a lively starter", "the second rise", "a wet dough", "the oven stone", "a tin loaf"],
        tool=["a bench scraper", "a probe thermometer", "a proving basket", "a cast iron pot", "a digital scale"],
        doing=["folding the dough", "feeding the starter", "baking with steam", "shaping a round loaf", "milling at home", "resting the flour"],
        do=["bake rye without a tin", "keep a starter alive", "shape a wet dough", "get steam in a home oven", "rescue a flat loaf"],
        problem=["a dense crumb", "a pale crust", "a sour smell", "a torn surface", "a loaf that spreads", "uneven heat"],
        benefit=["an open crumb", "a crust that sings", "a calmer morning", "bread that keeps for a week", "a deeper flavour"],
        place=["the village bakery", "our test kitchen", "the mill", "the market hall", "a galley kitchen"]),
    "bicycle": dict(
        category="Cycling",
        things=["touring bicycles", "cargo bikes", "dynamo lights", "leather saddles", "wide tyres", "hub gears", "pannier racks"],
        thing=["a touring frame", "the rear wheel", "a worn chain", "a cargo bike", "the bottom bracket", "a steel fork"],
        tool=["a chain gauge", "a torque wrench", "a spoke key", "a repair stand", "a track pump"],
        doing=["truing a wheel", "riding through winter", "commuting with a child seat", "cleaning the chain", "choosing a gear", "packing light"],
        do=["true a wheel at home", "commute through the winter", "choose a cargo bike", "fit mudguards that last", "read a worn chain"],
        problem=["a slipping gear", "a loose headset", "numb hands", "a creaking crank", "broken spokes", "brake fade"],
        benefit=["a quieter drivetrain", "longer rides", "less weight to carry", "surer braking", "a commute without a car"],
        place=["the canal path", "the workshop", "the ring road", "the old railway line", "the mountain pass"]),
    "bees": dict(
        category="Beekeeping",
        things=["honey supers", "winter clusters", "queen cells", "wax foundations", "nucleus hives", "foraging bees", "spring colonies"],
        thing=["a winter cluster", "the brood nest", "a queen cell", "the lower entrance", "a strong colony", "a nucleus hive"],
        tool=["a hive tool", "a smoker", "a feeder", "a luggage scale", "a white veil"],
        doing=["opening the hive", "weighing a hive", "marking the queen", "feeding in autumn", "uniting two colonies", "harvesting late honey"],
        do=["feed a colony in autumn", "mark a queen without fear", "weigh a hive", "unite two weak colonies", "read the entrance board"],
        problem=["swarming", "robbing", "damp in the hive", "a failing queen", "varroa mites", "a hungry gap in June"],
        benefit=["a calm colony", "more stores for winter", "an early harvest", "healthier brood", "a hive that needs less of you"],
        place=["the heather moor", "the apiary", "the lime avenue", "the school garden", "the flat roof of the library"]),
    "harbour": dict(
        category="Harbour",
        things=["pilot boats", "tide tables", "cold stores", "quay walls", "fishing permits", "ferry piers", "harbour dues"],
        thing=["the east pier", "the pilot boat", "the dredging plan", "the ferry contract", "the new lock gate", "the cold store"],
        tool=["a depth sounder", "a tide gauge", "a survey drone", "a public register", "a mooring line"],
        doing=["dredging the channel", "repairing the quay", "running the night ferry", "landing the catch", "mooring in a swell", "counting the boats"],
        do=["rebuild a pier in one winter", "run a ferry at a loss", "read a tide table", "keep a channel open", "share a harbour"],
        problem=["silting", "rising dues", "a shortage of pilots", "storm damage", "an unpaid bill", "a dispute over berths"],
        benefit=["safer berths", "a direct ferry link", "steady work on the quay", "lower insurance", "a harbour that stays open in January"],
        place=["the outer harbour", "the town hall", "the fish market", "the customs house", "the ferry terminal"]),
    "pottery": dict(
        category="Craft",
        things=["ash glazes", "stoneware bowls", "kick wheels", "wood kilns", "slip trails", "salt pots", "tea bowls"],
        thing=["a stoneware bowl", "the kick wheel", "an ash glaze", "the second firing", "a thrown handle", "the kiln shelf"],
        tool=["a turning tool", "a set of calipers", "a pyrometric cone", "a wire cutter", "a soft rib"],
        doing=["centring the clay", "mixing glaze by weight", "firing with wood", "turning a foot", "drying slowly", "recycling clay"],
        do=["centre clay without force", "fire a small wood kiln", "mix an ash glaze", "turn a foot ring", "dry pots in a damp shed"],
        problem=["cracked bases", "crawling glaze", "bloating", "warped rims", "a cold corner in the kiln", "air in the clay"],
        benefit=["lighter pots", "a glaze that breaks over edges", "fewer losses", "an even firing", "handles that fit the hand"],
        place=["the studio", "the drying room", "the clay pit", "the craft school", "the Saturday market"]),
    "network": dict(
        category="Home network",
        things=["backup jobs", "access points", "virtual networks", "log files", "solid state drives", "name servers", "status pages"],
        thing=["a nightly backup", "the guest network", "the name server", "a failing disk", "the status page", "an access point"],
        tool=["a small switch", "a serial cable", "a spare disk", "a password manager", "a packet capture"],
        doing=["rotating logs", "testing a restore", "splitting the network", "naming hosts", "reading a trace", "replacing a disk"],
        do=["test a restore", "rotate logs without loss", "separate the guest network", "replace a disk in service", "name hosts sensibly"],
        problem=["a full disk", "silent corruption", "a routing loop", "clock drift", "an expired certificate", "packet loss at night"],
        benefit=["quiet nights", "restores that work", "fewer surprises", "a network you can draw on one page", "shorter outages"],
        place=["the broom cupboard", "the attic", "the server shelf", "a rented flat", "the village hall"]),
    "sky": dict(
        category="Night sky",
        things=["double stars", "meteor showers", "lunar craters", "star charts", "small refractors", "dark skies", "variable stars"],
        thing=["a double star", "the crescent moon", "a small refractor", "the summer triangle", "a faint comet", "the equatorial mount"],
        tool=["a red torch", "a star chart", "a pair of binoculars", "a sturdy tripod", "a dew shield"],
        doing=["sketching the moon", "splitting double stars", "waiting for meteors", "aligning a mount", "timing an eclipse", "keeping an observing log"],
        do=["sketch the moon in an hour", "find dark skies near a town", "split a double star", "keep an observing log", "align a mount by ear and eye"],
        problem=["dew on the lens", "street light", "a trembling mount", "thin cloud", "cold fingers", "bad seeing"],
        benefit=["steadier views", "a log worth reading", "darker skies", "sharper sketches", "an evening without a screen"],
        place=["the observatory hill", "the schoolyard", "the harbour wall", "the moor", "a back garden in town"]),
}

PLACES = ["Ravensby", "Port Allard", "Lower Hythe", "Kessel Bay", "Marrowby", "Thornwick", "Ostrand", "Quayle", "Brinmoor", "Saltmarsh End"]
PEOPLE = ["Maren Holt", "Idris Vaughan", "Clara Osei", "Tomas Lindqvist", "Noor Haddad", "Eileen Farrow", "Piotr Zielinski", "Yuki Tanabe",
          "Ruth Abernethy", "Samuel Okoro", "Greta Winther", "Luca Ferrante"]
SEASONS = ["spring", "early summer", "late summer", "autumn", "the first cold week", "midwinter"]

TITLES = [
    "How to {do}", "What {n} years of {doing} taught us", "{Doing}: a guide for the patient", "Why {things} are worth the trouble",
    "{Things} and the end of {problem}", "Living with {problem} in {town}", "The quiet case for {things}", "{Person} on {doing}",
    "Is {doing} still worth it?", "{N} ways to avoid {problem}", "A year at {place}", "{Things}: what nobody tells you",
    "The trouble with {things}", "From {problem} to {benefit}", "{Town} rethinks {things}", "Before you start {doing}",
]

OPENERS = [
    "Most people who take up {doing} begin with {tool}, and most of them begin too late in {season}.",
    "When {person} first came to {place} in {year}, nobody in {town} gave {things} much thought.",
    "There is a moment in {season} when {thing} tells you, quite plainly, whether the year will be a good one.",
    "For {n} years the answer to {problem} in {town} was to wait and hope, and it seldom worked.",
    "Ask anyone at {place} about {doing} and you will be given three answers, two of them by the same person.",
    "It took a bad {season}, and {problem} worse than anybody could remember, before {town} looked again at {things}.",
    "{Thing} is a simple affair, at least until the day it goes wrong.",
    "The letter from {town} was short: {problem} again, and could somebody please come to {place} before the weekend.",
]

SENTENCES = [
    "{Person}, who has spent {n} years on {doing}, puts it down to [patience|plain luck|good neighbours|careful notes].",
    "The first sign of {problem} is easy to miss, because it looks so much like ordinary wear.",
    "We measured it on {n} occasions between {month} and {month2}, and the difference was never less than {pct} per cent.",
    "None of this needs money; it needs {tool}, a free hour and a willingness to start again.",
    "[In practice|On most days|As a rule], {doing} takes about {n} minutes once you know what you are looking for.",
    "\"You learn more from {problem} than from any book,\" says {person}, and the visitors at {place} nod.",
    "The older members remember when {things} were common from {town} to the coast.",
    "By {month} the work at {place} had changed so much that the first plan was no longer of use.",
    "If {thing} is left alone through {season}, {problem} will follow as surely as rain.",
    "[What helped|What made the difference|What settled the matter] in the end was {tool}, borrowed from a friend in {town}.",
    "There were {n} of them in {year}; today there are more than {big}, and the number still grows.",
    "That may sound like a small thing, but {benefit} is exactly what people ask for when they come to {place}.",
    "Nobody should expect {benefit} in the first year, however good the advice.",
    "The council of {town} has promised a decision by {month}, although few at {place} expect one.",
    "A better way is to begin with {thing}, watch it for {n} days, and only then reach for {tool}.",
    "It is worth writing down the date, the weather and the state of {thing}, since memory is kinder than the facts.",
    "Of the {big} answers we received, nearly a third named {problem} as the main reason for giving up.",
    "Still, {doing} has a rhythm of its own, and those who keep at it speak of {benefit} as if it were a gift.",
    "Where the ground is poor or the season short, {things} do better than anyone would expect.",
    "{Person} keeps {tool} by the door for this reason alone.",
    "Compare that with {town}, where {things} were given up in {year} and never came back.",
    "Do not [hurry|force it|trust the calendar]: {thing} is ready when it is ready.",
    "The rule of thumb is simple enough: {n} parts of care, one part of courage, and no {problem} before {month}.",
    "Some of the advice in circulation is plainly wrong, and {problem} is the usual result.",
    "I have tried it both ways at {place}, and I would not go back.",
    "A reader in {town} wrote to say that she had done without {tool} for {n} years, and had {benefit} all the same.",
]

CLOSERS = [
    "Whether it lasts is another matter, but in {town} they have learned to be content with {benefit}.",
    "If you try it, write to us: the best account of {doing} will be read aloud at {place} in {month}.",
    "And if it fails, there is always next {season2}.",
    "That, in the end, is the whole secret of {things}: you begin, you look, and you begin again.",
    "{Person} laughs at the question, puts {tool} back on its hook and walks out into the rain.",
]

HEADINGS = ["What you need", "Where it goes wrong", "A short history", "The first week", "Costs and time", "What the figures say", "In the long run",
            "Tools that earn their place", "Questions we are asked", "A word of caution", "How we tested", "The view from {town}"]
LIST_ITEMS = ["{tool}, cleaned and dry", "a notebook for {season}", "about {n} minutes a day", "one neighbour who has seen {problem} before", "patience with {thing}",
              "no more than {n} of anything to begin with", "a plan for {month}"]
COMMENTS = ["We had exactly this with {thing} last year. {Doing} in {month} cured it.", "Thank you! I never thought of {tool}.",
            "I do not agree about {problem}; in {town} it has never been an issue.", "Could you say more about {doing}? My first try ended in {problem}.",
            "Lovely piece. Greetings from {town}."]
CAPTIONS = ["Photo: {person}", "{person} / archive", "Picture by {person}"]
ALTS = ["{Thing} at {place}", "{Things} in {season}", "{Person} with {tool}"]
