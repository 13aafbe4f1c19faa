<?xml version='1.0' encoding='utf-8'?>
<TS version="2.1" language="en_US">
<context>
    <name>AnswersCard</name>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n image</numerusform>
            <numerusform>%n images</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DataPage</name>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n image</numerusform>
            <numerusform>%n images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n class(es)</source>
        <translation>
            <numerusform>in %n class</numerusform>
            <numerusform>in %n classes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DesignStatus</name>
    <message numerus="yes">
        <source>%n problem(s)</source>
        <translation>
            <numerusform>%n problem</numerusform>
            <numerusform>%n problems</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EpochProgress</name>
    <message numerus="yes">
        <source>patience left: %n epoch(s)</source>
        <translation>
            <numerusform>patience left: %n epoch</numerusform>
            <numerusform>patience left: %n epochs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EvaluationPage</name>
    <message numerus="yes">
        <source>Tested on %n image(s) set aside</source>
        <translation>
            <numerusform>Tested on %n image set aside</numerusform>
            <numerusform>Tested on %n images set aside</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>GridPanel</name>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n image</numerusform>
            <numerusform>%n images</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HealthChecks</name>
    <message numerus="yes">
        <source>file(s) cannot be read</source>
        <translation>
            <numerusform>file cannot be read</numerusform>
            <numerusform>files cannot be read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>exact copies among the files</source>
        <translation>
            <numerusform>exact copies among the files</numerusform>
            <numerusform>exact copies among the files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>near-duplicate image(s)</source>
        <translation>
            <numerusform>near-duplicate image</numerusform>
            <numerusform>near-duplicate images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>near-duplicates in both training and test</source>
        <translation>
            <numerusform>near-duplicates in both training and test</numerusform>
            <numerusform>near-duplicates in both training and test</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>near-duplicates with different classes</source>
        <translation>
            <numerusform>near-duplicates with different classes</numerusform>
            <numerusform>near-duplicates with different classes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>class(es) with few images</source>
        <translation>
            <numerusform>class with few images</numerusform>
            <numerusform>classes with few images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>image(s) smaller than 64 pixels</source>
        <translation>
            <numerusform>image smaller than 64 pixels</numerusform>
            <numerusform>images smaller than 64 pixels</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LayerPanel</name>
    <message numerus="yes">
        <source>Also change %n identical repeat(s)</source>
        <translation>
            <numerusform>Also change %n identical repeat</numerusform>
            <numerusform>Also change %n identical repeats</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n layer(s)</source>
        <translation>
            <numerusform>%n layer</numerusform>
            <numerusform>%n layers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n layer(s) selected</source>
        <translation>
            <numerusform>%n layer selected</numerusform>
            <numerusform>%n layers selected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LayersView</name>
    <message numerus="yes">
        <source>0 because frozen: %n layer(s).</source>
        <translation>
            <numerusform>0 because frozen: %n layer.</numerusform>
            <numerusform>0 because frozen: %n layers.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ListEditor</name>
    <message numerus="yes">
        <source>At least %n number(s).</source>
        <translation>
            <numerusform>At least %n number.</numerusform>
            <numerusform>At least %n numbers.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Narrative</name>
    <message numerus="yes">
        <source>Of %n penalty strength(s) tried, {0} (inverse strength) did best on training images left out in turn: {1} right, loss {2}.</source>
        <translation>
            <numerusform>Of %n penalty strength tried, {0} (inverse strength) did best on training images left out in turn: {1} right, loss {2}.</numerusform>
            <numerusform>Of %n penalty strengths tried, {0} (inverse strength) did best on training images left out in turn: {1} right, loss {2}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It has improved little in the last %n epoch(s)</source>
        <translation>
            <numerusform>It has improved little in the last %n epoch</numerusform>
            <numerusform>It has improved little in the last %n epochs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>training stops automatically if this continues for %n more</source>
        <translation>
            <numerusform>training stops automatically if this continues for %n more</numerusform>
            <numerusform>training stops automatically if this continues for %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Training stops automatically after %n more epoch(s) without a better one.</source>
        <translation>
            <numerusform>Training stops automatically after %n more epoch without a better one.</numerusform>
            <numerusform>Training stops automatically after %n more epochs without a better one.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NetworkChooser</name>
    <message numerus="yes">
        <source>All %n layer(s) with weights start from random weights.</source>
        <translation>
            <numerusform>All %n layer with weights start from random weights.</numerusform>
            <numerusform>All %n layers with weights start from random weights.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{0} of %n layer(s) keep their weights</source>
        <translation>
            <numerusform>{0} of %n layer keep their weights</numerusform>
            <numerusform>{0} of %n layers keep their weights</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{0} and %n more</source>
        <translation>
            <numerusform>{0} and %n more</numerusform>
            <numerusform>{0} and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NetworkPanel</name>
    <message numerus="yes">
        <source>%n layer(s)</source>
        <translation>
            <numerusform>%n layer</numerusform>
            <numerusform>%n layers</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OptionsPanel</name>
    <message numerus="yes">
        <source>(%n changed)</source>
        <translation>
            <numerusform>(%n changed)</numerusform>
            <numerusform>(%n changed)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ProblemsBar</name>
    <message numerus="yes">
        <source>%n problem(s)</source>
        <translation>
            <numerusform>%n problem</numerusform>
            <numerusform>%n problems</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n suggestion(s)</source>
        <translation>
            <numerusform>%n suggestion</numerusform>
            <numerusform>%n suggestions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ProofCard</name>
    <message numerus="yes">
        <source>All %n image(s) set aside will run through the written file, and every answer will be compared with the program's.</source>
        <translation>
            <numerusform>All %n image set aside will run through the written file, and every answer will be compared with the program's.</numerusform>
            <numerusform>All %n images set aside will run through the written file, and every answer will be compared with the program's.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Checked on this computer, with %n image(s) set aside</source>
        <translation>
            <numerusform>Checked on this computer, with %n image set aside</numerusform>
            <numerusform>Checked on this computer, with %n images set aside</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RecentRow</name>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n image</numerusform>
            <numerusform>%n images</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Recovery</name>
    <message numerus="yes">
        <source>There are %n other unsaved design(s).</source>
        <translation>
            <numerusform>There are %n other unsaved design.</numerusform>
            <numerusform>There are %n other unsaved designs.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>There are %n unsaved design(s) from an earlier session.</source>
        <translation>
            <numerusform>There are %n unsaved design from an earlier session.</numerusform>
            <numerusform>There are %n unsaved designs from an earlier session.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RunActions</name>
    <message numerus="yes">
        <source>%n more epoch(s)</source>
        <translation>
            <numerusform>%n more epoch</numerusform>
            <numerusform>%n more epochs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SelectionEdits</name>
    <message numerus="yes">
        <source>Select %n layer(s) or more.</source>
        <translation>
            <numerusform>Select %n layer or more.</numerusform>
            <numerusform>Select %n layers or more.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TapView</name>
    <message numerus="yes">
        <source>over %n position(s)</source>
        <translation>
            <numerusform>over %n position</numerusform>
            <numerusform>over %n positions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message numerus="yes">
        <source>CPU · %n core(s)</source>
        <translation>
            <numerusform>CPU · %n core</numerusform>
            <numerusform>CPU · %n cores</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>UnsavedButton</name>
    <message numerus="yes">
        <source>%n unsaved…</source>
        <translation>
            <numerusform>%n unsaved…</numerusform>
            <numerusform>%n unsaved…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>UnsavedDialog</name>
    <message numerus="yes">
        <source>%n layer(s)</source>
        <translation>
            <numerusform>%n layer</numerusform>
            <numerusform>%n layers</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WeightsSummary</name>
    <message numerus="yes">
        <source>and %n more layer(s)</source>
        <translation>
            <numerusform>and %n more layer</numerusform>
            <numerusform>and %n more layers</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Wording</name>
    <message numerus="yes">
        <source>%n layer(s)</source>
        <translation>
            <numerusform>%n layer</numerusform>
            <numerusform>%n layers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Cut %n wire(s)</source>
        <translation>
            <numerusform>Cut %n wire</numerusform>
            <numerusform>Cut %n wires</numerusform>
        </translation>
    </message>
</context>
</TS>