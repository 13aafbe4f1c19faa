<?xml version='1.0' encoding='utf-8'?>
<TS version="2.1" sourcelanguage="en_GB">
  <context>
    <name>core</name>
    <message>
      <source>1 / (1 + e⁻ˣ).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>1 × 1, 3 × 3 and 1 × 1 convolutions and the way round them.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>1.7159 · tanh(2/3 · x): 1 at 1, −1 at −1, steepest in between.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>16 bits (bfloat16)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>3 for colour, 1 for grey.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>32 bits</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A ResNet brought up to date step by step with what Transformers had taught.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A convolution whose filters each see only some of the input channels.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A filter for each channel by itself, then 1 × 1 across the channels.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A module of torchvision, such as a transformer's block; its inside is closed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A simple rule gives the width of every stage, found by comparing families of networks.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Activation</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Activation memory</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Adaptive average pool</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Adaptive max pool</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Add</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Added to the variance against division by zero.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Adds inputs of the same shape, number by number.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Adds learned numbers to each token, by which its place is known.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>AlexNet for one GPU: no groups, no response normalisation, fewer filters.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>AlexNet's accuracy with a fiftieth of its parameters, by 1 × 1 convolutions.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>All layers but the last one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Along which the sum is 1, without the batch: 0 the channels, −1 the last.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Along which they are laid, without the batch: 0 the channels.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Alpha</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Also learn from left and right exchanged; not for writing. Automatic: for colour images.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>An ONNX operator that has no layer kind; it is written again as it was read.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>An hour or so</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Apple graphics</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Approximation</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Arguments</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>As in the ONNX file.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Attention within blocks and on a grid over the whole image, by turns.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Attention within windows that shift from layer to layer.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Attributes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Augmented views</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Automatic</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Automatic: the graphics processor if there is one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Auxiliary output</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Average pool</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Axes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Axis</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Balanced</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Batch norm</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Batch normalisation goes on with the mean and variance that came with the weights, and learns its scale and shift; otherwise each batch is normalised by its own.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Batch size</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Beta</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Bias</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Blocks</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Blocks that widen, filter each channel by itself and narrow again, for phones.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Blocks twice as wide do as well as many more layers.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Bottleneck block</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Brings each channel to mean 0 and variance 1 over the batch, then scales and shifts it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Brings groups of channels of one image to mean 0 and variance 1; independent of the batch.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Brings the channels at each position to mean 0 and variance 1, as in ConvNeXt.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Brings the last axes of one image's numbers to mean 0 and variance 1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Ceil mode</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Changed images</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Channel after channel</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Channel shuffle</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Channels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Channels of each part.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Class token</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Classes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Classifier output</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Closed module</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Computed on</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Concatenate</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Connections</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Connects every input with every output: n_in · n_out + n_out parameters.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Conv 2D</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Convolution</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Convolution and subsampling in turn, trained end to end by gradient descent.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Count padding</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Counted from 0.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Dense block</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Depth, width and input size are scaled together from one small, searched network.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Depth, width and input size scaled together; ReLU6 throughout, for small devices.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Depthwise conv</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Depthwise separable conv</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Dilation</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Distance between the taps of the window; 2 leaves one pixel out between two.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Divides each number by what its neighbours in `size` channels have: (k + α/n Σ x²)^β.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Divides the channels into parts, each with an output of its own.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Divisor without any neighbours.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Does nothing: the numbers pass through.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Dropout</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>ELU</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Each class counts alike in learning, however many images it has.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Each epoch cuts, mirrors and recolours the training images anew.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Each layer sees the outputs of all layers before it, so it needs few filters.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Epochs</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Epsilon</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Every layer adapts, slowly and carefully.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Exact, or by a hyperbolic tangent.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Exponent of the divisor.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>FLOPs</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Factor of the numbers below 0.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Factors</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Few 1 × 1 filters, then 1 × 1 and 3 × 3 side by side.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Filters</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Filters each channel by itself: as many groups as channels.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Fire module</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Fixed numbers</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Flatten</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>For each filter, the input channels it sees, counted from 0.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>For one image.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Found by a search that weighs accuracy against the time measured on a phone.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Four layers, each of which sees the outputs of all before it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>From scratch</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Fully connected</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>GELU</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Global average pool</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Global max pool</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>GoogLeNet with batch normalisation, and 3 × 3 in place of 5 × 5 convolutions.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Gradient clipping</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Group norm</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Groups</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Half of the channels pass by unchanged and a shuffle mixes them: made for time, not for counted operations.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Hard sigmoid</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Hard swish</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Height</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Height and width of the result, whatever the size of the map that arrives.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Height and width of the window that slides over the map.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Hours</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How far below 0 the function goes.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How far the window moves at each step; 2 halves height and width.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How many changed copies of each training image (cut, mirrored, recoloured) are learnt from besides the image itself.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How many cores training may use, to leave the computer usable; 0: all.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How many filters the layer learns; each gives one channel of the output.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How many groups are mixed with each other.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How many images each step of learning looks at together.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How many neighbouring channels are taken together.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How many numbers it is made for; empty takes what arrives.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How many numbers leave; in the last layer, one for each class.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How many of the last axes are taken together.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How many patterns there are.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How much these scores count in training beside the classifier's, 0…1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How often the branch is left out, 0…1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How often training goes through all images at most.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How strongly the neighbours count.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>ILSVRC 2012, 1st: 15.3 % top-5 test error with extra ImageNet data (second place: 26.2 %); 16.4 % without, with 5 networks; one network 18.2 % on the validation images</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>ILSVRC 2013: 14.8 % top-5 test error with 6 networks, 16.1 % with one. The 11.7 % often given for ZFNet is the error of Clarifai, Zeiler's company, which won with many networks (11.2 % with extra data)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>ILSVRC 2014, 1st: 6.67 % top-5 test error with 7 networks; 7.9 % with one</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>ILSVRC 2014, 2nd: 7.3 % top-5 test error with 7 networks; after the contest 6.8 % with 2, 7.0 % with one</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>ILSVRC 2015, 1st: 3.57 % top-5 test error, with an ensemble of networks of up to 152 layers</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Identity</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Image input</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Inception module</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Inception modules: kernels of several sizes side by side, 1 × 1 before each.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Input &amp; output</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Input shapes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Inputs</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Intel graphics</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Into how many groups the channels are divided.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Inverted bottleneck</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Its class.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Its state.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Jump</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Keep axes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Keeps the largest number of each channel over the whole map: (channels, 1, 1).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Keeps the largest number of each window.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Keeps the largest number of windows chosen so that the result has the given size.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Kernel size</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Kernels of several sizes side by side, their results joined.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Label smoothing</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Large kernels give way to several small and one-sided ones within Inception modules.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Largest step of the last layer's weights; too large fails, too small takes long.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Layer norm</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Layer norm over channels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Lays a feature map out as one row of numbers, channel after channel.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Lays the channels of its inputs one after the other: C_out = Σ C_in.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Lays the same numbers out in another shape.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>LeNet-5 with the layers of today: every map of C3 sees all of S2, plain pooling.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Leaky ReLU</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Learning rate</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Learning rate of the layer nearest to the image, as a share of the last layer's; those between lie between.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Leaves a whole branch out at random during training; in use it always takes part.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Linear</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Local response norm</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Longer gradients are shortened to this length, so that one odd batch cannot spoil the weights; 0: never.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Looking into AlexNet showed how to better it: a smaller, denser first layer.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Many narrow groups side by side in each block instead of one wide path.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Max pool</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Mean</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Memory format</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Merge</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Minus the squared distance to a fixed pattern for each class: −Σ (x − w)².</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Minutes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Mirrored images</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Mixes the channels of groups: (g, C / g) turned to (C / g, g), as in ShuffleNet.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>MobileNetV2's blocks with squeeze and excitation and hard swish, tuned by a search.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Mode</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Momentum</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Multiplies each channel by a fixed number and adds another: x · factor + offset.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Multiplies each channel by a learned number, as in ConvNeXt.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Multiplies its inputs number by number; a side of 1 counts for all places of the other.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Multiply</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Multiply-adds</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>NVIDIA or AMD graphics</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No pretraining. For networks you designed yourself.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Normalise</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Normalises behind each block and compares by cosine, so that it can be made larger.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing but 3 × 3 convolutions, many of them: depth makes the difference.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing: all weights begin at random.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing: first the last layer learns, then all, the first layers slowest. Only the mean and variance of batch normalisation stay as they came with the weights.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>ONNX operator</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Of the image.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Of the numbers while learning. Automatic: the fastest that computes rightly here, by measuring the first batches.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Off</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Offsets</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Old place of each new axis, without the batch: 1, 2, 0 puts the channels last.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>On</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>One for each channel.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Operands</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Operation</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Operator</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Order</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Order of the numbers of feature maps in memory. Automatic: the faster one here, by measuring the first batches.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Output channels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Output features</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Output height</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Output padding</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Output shapes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Output size</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Output width</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Outputs</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>PReLU</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Padding</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Parameters</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Partial conv 2D</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Parts</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Patches of the image are the words of a Transformer.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Patience</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Per channel</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Permute</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pixel after pixel</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Place</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pooling</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Position embedding</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Precision</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Probability</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Processor</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Processor threads</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pulls weights toward 0 at each step, so that none grows without need (AdamW).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Puts a learned token before the others, whose place then speaks for the image.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Puts the axes into another order.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Quick</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Radial basis output</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Rate at the input</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>ReLU</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>ReLU, dropout and training on two GPUs made a deep network win by far.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>ReLU6</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Rearrange</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Receptive field</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Regularise</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Rescale</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reshape</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Residual block</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Rows and columns added at the top, left, bottom and right of the map.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Rows and columns of zeros at the top, left, bottom and right of the map; “same” adds what keeps height and width.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Rows and columns taken away from the result at top and bottom, left and right: the reverse of a convolution's padding.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Rows at the bottom and columns at the right added to the result, which several input sizes of a convolution lead to; less than stride or dilation.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Scale per channel</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Scaled tanh</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Searched for speed of training too; plain convolutions in the first stages.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Seconds</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Select</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sets numbers to zero at random during training and passes all through in use.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Shape</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Share of a new batch in the running mean and variance.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Share of multiply-adds</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Share of parameters</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Share of the answer spread evenly over all classes while learning, against being too sure.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Share of the epochs that look at images of 4/7 the side, for a third of the work; the last ones adapt what was learnt to the full size.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Share of the numbers set to zero, 0…1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Share of the past in the running average of the weights that is kept as the result (EMA); 0: the last weights themselves.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>SiLU</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sigmoid</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Slides `out_channels` filters over the feature map.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Slope</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Small images first</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Softmax</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Split</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Squeeze and excitation</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>SqueezeNet 1.0's accuracy with less than half of its computation.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Start</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stochastic depth</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stored numbers</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stored statistics</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stride</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sums each window of a channel, times a learned number, plus another: 2C parameters.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Takes one place of an axis, such as the class token of a transformer.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Takes the mean of each channel over the whole map: (channels, 1, 1).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Takes the mean of each window.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Takes the mean of windows chosen so that the result has the given size.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Takes the mean over axes; over height and width it is a global average pooling.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tanh</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tensors</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The channels are divided into so many groups that do not see each other; with as many groups as channels the convolution is depthwise.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The hyperbolic tangent of x.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The last blocks adapt to your images too.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The layers that the design freezes, or else the first two thirds. All batch normalisation, frozen or not, uses its stored mean and variance.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The pretrained network stays fixed; only a new last layer learns.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The reverse of a convolution's arithmetic: makes the map larger.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Thorough</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Trainable subsampling</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Training stops by itself after so many epochs without a smaller validation loss; 0: never.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Transformers</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Transposed conv 2D</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Turns the scores of the classes into probabilities: eˣⁱ / Σ eˣʲ over the channels.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Two 3 × 3 convolutions and the way round them.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Ways round the layers let the gradient through networks of any depth.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Weigh rare classes more</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Weighs each channel by a number worked out from the means of all.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Weight averaging</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Weight decay</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Weight of its loss</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What each input of the operator is: “#0” the first wire, a tensor's name, or nothing.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What it computes.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What it was made for.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What its class is called with.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What the numbers are before training.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Where scores leave that take part in training alone, as GoogLeNet's side classifiers do.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Where the prepared image enters.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Where the scores of the classes leave.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Whether a window that reaches over the edge still counts: sizes are rounded up instead of down.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Whether each channel learns a slope of its own.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Whether each image is drawn for, or the batch at once.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Whether each output adds a learned number of its own.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Whether padding counts as zeros in the mean or is left out of it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Whether the axes stay, with a side of 1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Widens six times, filters each channel by itself and narrows again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Width</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Without the batch.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Without the batch: 1, 2 are height and width.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Without the batch; one side may be −1 and takes what is left.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a factor and a shift for each channel</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a scale and a shift for each channel</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>epochs</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>images</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>k</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>max(0, x).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>min(max(0, x / 6 + 1/2), 1).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>min(max(0, x), 6).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>not trained</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>one multiply-add is two floating-point operations</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>one pixel column is not used</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>one pixel column is not used; it lies in the padding</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>one pixel row is not used</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>one pixel row is not used; it lies in the padding</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>running mean and variance of each channel and a count of batches, not trained</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the last window reaches one pixel column over the end</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the last window reaches one pixel row over the end</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the numbers stay where they are</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the size stays as it is</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>x above 0, a · x below, with a learned: one number, or one for each channel.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>x above 0, slope · x below.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>x above 0, α (eˣ − 1) below.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>x · min(max(0, x / 6 + 1/2), 1).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>x · sigmoid(x), also called Swish.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>x · Φ(x), Φ the normal distribution's.</source>
      <translation type="unfinished" />
    </message>
  </context>
</TS>
